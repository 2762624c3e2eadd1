// Derived from live/protocol.py by `make protocol`. Do not edit.

export const VERSION = 1;
export const MINOR = 1;

/**
 * @typedef {Object} Welcomed
 * @property {number} protocol
 * @property {number} minor
 * @property {number} heartbeat_ms
 */
export const WELCOME = "welcome";

/**
 * @typedef {Object} MessageStored
 * @property {string} consultation
 * @property {string} stream
 * @property {number} n
 * @property {string} client_id
 * @property {number} seq
 * @property {string} at
 * @property {string} text
 * @property {string[]} masked
 */
export const MESSAGE_STORED = "message.stored";

/**
 * @typedef {Object} MessageRefused
 * @property {string} consultation
 * @property {string} stream
 * @property {number} n
 * @property {string} client_id
 * @property {string} code
 * @property {{fa: string, en: string}} detail
 * @property {?number} retry_ms
 * @property {?number} expect
 */
export const MESSAGE_REFUSED = "message.refused";

/**
 * @typedef {Object} MessagePosted
 * @property {string} consultation
 * @property {number} seq
 * @property {string} at
 * @property {string} role
 * @property {{fa: string, en: string}} name
 * @property {string} text
 * @property {?{fa: string, en: string}} lines
 * @property {string} stream
 * @property {number} n
 * @property {string} client_id
 * @property {string[]} masked
 * @property {?Object} citation
 */
export const MESSAGE_POSTED = "message.posted";

/**
 * @typedef {Object} MessageSeen
 * @property {string} consultation
 * @property {number} seq
 * @property {string} by
 */
export const MESSAGE_SEEN = "message.seen";

/**
 * @typedef {Object} MessageDelivered
 * @property {string} consultation
 * @property {number} seq
 * @property {string} by
 */
export const MESSAGE_DELIVERED = "message.delivered";

/**
 * @typedef {Object} TypingShown
 * @property {string} consultation
 * @property {string} by
 */
export const TYPING_SHOWN = "typing.shown";

/**
 * @typedef {Object} ConsultationChanged
 * @property {string} consultation
 * @property {number} version
 * @property {string} state
 */
export const CONSULTATION_CHANGED = "consultation.changed";

/**
 * @typedef {Object} LineMoved
 */
export const LINE_MOVED = "line.moved";

/**
 * @typedef {Object} DutyChanged
 */
export const DUTY_CHANGED = "duty.changed";

/**
 * @typedef {Object} BoardChanged
 */
export const BOARD_CHANGED = "board.changed";

/**
 * @typedef {Object} Refused
 * @property {string} code
 * @property {{fa: string, en: string}} detail
 * @property {?number} retry_ms
 */
export const REFUSED = "refused";

/**
 * @typedef {Object} ReconnectAsked
 * @property {number} after_ms
 * @property {number} jitter_ms
 */
export const RECONNECT = "reconnect";

/**
 * @typedef {Object} Heartbeat
 */
export const HEARTBEAT = "heartbeat";

/**
 * @typedef {Object} Hello
 * @property {number} protocol
 * @property {number} minor
 * @property {Object<string, number>} cursors
 */
export const HELLO = "hello";

/**
 * @typedef {Object} PostMessage
 * @property {string} consultation
 * @property {string} stream
 * @property {number} n
 * @property {string} client_id
 * @property {string} text
 */
export const MESSAGE_POST = "message.post";

/**
 * @typedef {Object} ReceiveMessage
 * @property {string} consultation
 * @property {number} seq
 */
export const MESSAGE_RECEIVE = "message.receive";

/**
 * @typedef {Object} SeeMessage
 * @property {string} consultation
 * @property {number} seq
 */
export const MESSAGE_SEE = "message.see";

/**
 * @typedef {Object} ShowTyping
 * @property {string} consultation
 */
export const TYPING_SHOW = "typing.show";
