import { isOfRoom as isOfRoomBefore } from './0050-lookup.ts';
import type { Migration } from './migration.ts';

export const isLook = `kind = 'looked-at'`;
export const lookPerson = `iif(json_valid(body), body ->> '$.personId', NULL)`;
export const lookPatient = `iif(json_valid(body), body ->> '$.patientId', NULL)`;

/** A room has more looks than anything else of its own, and starts without them. */
export const isOfRoom = `${isOfRoomBefore} AND kind <> 'looked-at'`;

/** Who looked: found by person, by patient, and all of them, without reading the log. */
export const looks: Migration = {
  version: 70,
  name: 'looks',
  sql: `
    DROP INDEX event_of_room;
    CREATE INDEX event_of_room ON event_log (seq) WHERE ${isOfRoom};
    CREATE INDEX event_look ON event_log (seq) WHERE ${isLook};
    CREATE INDEX event_look_person ON event_log (${lookPerson}, seq) WHERE ${isLook};
    CREATE INDEX event_look_patient ON event_log (${lookPatient}, seq) WHERE ${isLook};
  `,
};
