import type { Migration } from './migration.ts';

/**
 * What the room knows between sessions. Starts, sign-ins and steps of the clock are left out: a room has hundreds of
 * thousands of them after some years, and starts without.
 */
export const isOfRoom = `session_id IS NULL AND kind NOT IN ('service-started', 'clock-stepped', 'signed-in', 'signed-out',
  'sign-in-refused', 'witness-authenticated', 'controlled-drug-received', 'controlled-drug-counted', 'controlled-drug-disposed')`;

/** A PIN that was typed, right or wrong. */
export const isSignIn = `kind IN ('signed-in', 'sign-in-refused', 'witness-authenticated')`;
/** Whose PIN. No value where a damaged body is not JSON: an index must not fail on what `verify` is to find. */
export const signInPerson = `iif(json_valid(body), body ->> '$.personId', NULL)`;

export const isOpening = `kind = 'session-opened'`;
export const openingPatient = `iif(json_valid(body), body ->> '$.patientId', NULL)`;

/** What the controlled-drug log is worked out from. */
export const isDrugSource = `kind IN ('controlled-drug-received', 'controlled-drug-counted', 'controlled-drug-disposed',
  'controlled-drug-drawn', 'controlled-drug-wasted', 'event-undone', 'time-corrected')`;

/**
 * What is looked for across sessions is found without reading the log. Indexes and no tables of their own: SQLite keeps
 * them in the transaction of the event, its integrity check holds them against the log, and they can be dropped and
 * made again. Of the events of a session, which are nearly all, only its opening, its drugs, undos and moved times are in one.
 */
export const lookup: Migration = {
  version: 50,
  name: 'lookup',
  sql: `
    CREATE INDEX event_of_room ON event_log (seq) WHERE ${isOfRoom};
    CREATE INDEX event_sign_in ON event_log (${signInPerson}, seq) WHERE ${isSignIn};
    CREATE INDEX event_opening ON event_log (seq) WHERE ${isOpening};
    CREATE INDEX event_opening_patient ON event_log (${openingPatient}, seq) WHERE ${isOpening};
    CREATE INDEX event_drug ON event_log (seq) WHERE ${isDrugSource};
  `,
};
