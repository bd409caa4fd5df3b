import { idSchema, type SessionId } from '../shared/values/ids.ts';

/** Where the page is. Sheets on the session screen are not places: they close on a reload. */
export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'start' }
  | { readonly at: 'session' }
  | { readonly at: 'record'; readonly sessionId: SessionId }
  | { readonly at: 'sign'; readonly sessionId: SessionId }
  | { readonly at: 'setup' }
  | { readonly at: 'protocols' }
  | { readonly at: 'monitors' };

/** The part of the address after `#`, so that a reload and the browser's own way back work. */
export function addressOf(place: Place): string {
  return 'sessionId' in place ? `#/${place.at}/${place.sessionId}` : `#/${place.at}`;
}

/** null for an address that is not one of ours. */
export function placeAt(address: string): Place | null {
  const [, at = '', id = ''] = address.split('/');
  switch (at) {
    case 'home':
    case 'start':
    case 'session':
    case 'setup':
    case 'protocols':
    case 'monitors':
      return { at };
    case 'record':
    case 'sign':
      return idSchema.safeParse(id).success ? { at, sessionId: id } : null;
    default:
      return null;
  }
}

/** What is there to be shown: the room's own state overrules an address. */
export interface PlaceContext {
  readonly setUp: boolean;
  readonly demo: boolean;
  /** The session in this room that has not ended. */
  readonly openSession: { readonly dosed: boolean } | null;
  /** The session that this page last showed, after it has ended. */
  readonly endedSessionId: SessionId | null;
}

/** The place that is really shown: a room without set-up is set up first, and a session screen needs a session. */
export function shownPlace(asked: Place | null, room: PlaceContext): Place {
  if (!room.setUp && !room.demo) return { at: 'setup' };
  if (room.openSession === null && (asked === null || asked.at === 'session')) {
    // After the end of a session comes its signature. A page that was opened straight into the session has no address yet.
    return room.endedSessionId === null ? { at: 'home' } : { at: 'sign', sessionId: room.endedSessionId };
  }
  if (asked === null) return { at: room.openSession?.dosed === true ? 'session' : 'home' };
  return asked;
}
