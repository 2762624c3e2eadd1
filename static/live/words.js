// Numbers and times in the reader's language. The sentences themselves come with the page.

const language = globalThis.document?.documentElement.lang || "fa";
const locale = language === "fa" ? "fa-IR" : "en-GB";
const numbers = new Intl.NumberFormat(locale, { useGrouping: false });
const clocks = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "Asia/Tehran",
});

export const number = (value) => numbers.format(value);

export const clock = (moment) => clocks.format(new Date(moment));

/** The reader's half of a `{fa, en}` pair. */
export const localized = (both) => (both ? both[language] || both.fa || both.en || "" : "");

/** Puts a number in place of the "%n" of a sentence: `data-one` for 1, `data-many` otherwise. */
export function counted(element, count) {
    const sentence = count === 1 ? element.dataset.one : element.dataset.many;
    return sentence.replace("%n", number(count));
}
