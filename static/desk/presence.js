// A counsellor stays on duty as long as any page of the staff is open: each holds the socket.

import { wire } from "live/connection";

wire();
