import { completesAtMs } from '../../shared/clinical/dosing.ts';
import { boardStates, goldenBoard, type BoardState } from '../fixtures/boards/golden-board.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import type { PageLink } from '../../renderer/live/live-store.ts';
import { at, fixtureId } from '../fixtures/boards/golden-times.ts';
import { typedBoard, unmonitored } from './typed-board.ts';
import { routeBoard } from './route-boards.ts';
import { preparing, ratingBoard, roomWithoutSession } from './screen-boards.ts';

export interface GalleryRoom {
  readonly board: RoomBoard;
  readonly link: PageLink;
}

const live: PageLink = { state: 'live' };

/** States of the session screen that the golden session alone does not stand in. */
export function galleryRoom(state: string): GalleryRoom {
  switch (state) {
    case 'lost':
      return {
        board: goldenBoard({ state: 'full' }),
        link: { state: 'lost', sinceMs: at(38) - 4000, why: 'Nothing heard from the room service.' },
      };
    case 'refused':
      return {
        board: goldenBoard({ state: 'full' }),
        link: {
          state: 'refused',
          code: 'STORE_WRONG_KEY',
          message: 'The database cannot be opened with this key: the data folder belongs to another workstation.',
        },
      };
    case 'not-recording':
      return {
        board: {
          ...goldenBoard({ state: 'full' }),
          recording: {
            state: 'stopped',
            sinceMs: at(37),
            code: 'STORE_FULL',
            message: 'The disk of the data folder has no space left. Nothing was recorded since 10:37:00.',
          },
        },
        link: live,
      };
    case 'no-session':
      return { board: roomWithoutSession(true), link: live };
    case 'not-set-up':
      return { board: roomWithoutSession(false), link: live };
    case 'preparing-opened':
    case 'preparing-ordered':
    case 'preparing-all':
      return { board: preparing(state === 'preparing-opened' ? 'opened' : state === 'preparing-all' ? 'all' : 'ordered'), link: live };
    case 'rating':
      return { board: ratingBoard('cadss-23', 12), link: live };
    // A minute after `full`: no way back is open, and what was due is done.
    case 'settled':
      return withSession((session) => ({ ...session, undoable: [], due: session.due.slice(-1) }));
    case 'pump':
      return withSession((session) => ({
        ...session,
        needsPumpConfirmation: true,
        undoable: [],
        due: [
          due('pump', 'Confirm the pump', 'Vigil was not recording; what is the pump doing?'),
          due('stop-request', 'Patient wants to stop', 'pause or stop the infusion'),
          ...session.due,
        ],
      }));
    case 'bag-empty':
      return withSession(emptyBag);
    case 'clock-set':
      return withSession((session) => ({ ...session, clockSteps: [{ atMs: at(12), byMs: 3_600_000, aheadMs: 3_600_000 }] }));
    case 'zone-changed': {
      const board = goldenBoard({ state: 'full' });
      return { board: { ...board, clock: { ...board.clock, computerOffsetMin: -360 } }, link: live };
    }
    // Somebody is there to hand over to, and to sign beside the first.
    case 'staffed': {
      const board = goldenBoard({ state: 'full' });
      const second = { personId: fixtureId(1, 3), name: 'Second nurse', role: 'nurse' } as const;
      const prescriber = { personId: fixtureId(1, 4), name: 'Prescriber', role: 'prescriber' } as const;
      return { board: { ...board, staff: { ...board.staff, people: [...board.staff.people, second, prescriber] } }, link: live };
    }
    // As a page at which nobody is signed in is told of it.
    case 'covered': {
      const board = goldenBoard({ state: 'full' });
      return {
        board: { ...board, session: null, trend: null, cover: { openedMs: at(-43), phase: 'infusing', startedMs: at(0), fromAfar: false } },
        link: live,
      };
    }
    case 'typed':
    case 'nothing-typed':
      return { board: typedBoard(state === 'typed'), link: live };
    case 'im-unmonitored':
      return { board: unmonitored(routeBoard('im-opened')), link: live };
    case 'crowded':
      return withSession((session) => ({
        ...session,
        patient: { ...session.patient, name: 'Anneliese-Charlotte Wolfeschlegelsteinhausen' },
        undoable: [
          ...session.undoable,
          ...session.undoable.map((event) => ({
            ...event,
            eventId: fixtureId(6, 77),
            label: 'Blood pressure review',
            atMs: event.enteredMs,
          })),
        ],
        actions: session.actions.map((action, index) =>
          index === 3 ? { ...action, waitsFor: 'the pump to be confirmed by a nurse' } : action,
        ),
      }));
    default:
      return {
        board: routeBoard(state) ?? goldenBoard({ state: boardStates.find((one): one is BoardState => one === state) ?? 'full' }),
        link: live,
      };
  }
}

/** A bag of 27 mg ran out while nobody said so. */
function emptyBag(session: SessionView): SessionView {
  const segments = session.dose.segments.map((segment) => ({ ...segment, bag: { ug: 27_000, ul: 27_000 } }));
  const emptyMs = completesAtMs({ ...session.dose, segments });
  const asked = { ...due('bag', 'Infusion complete?', 'bag empty by calculation'), dueMs: emptyMs ?? at(38) };
  const dose = { ...session.dose, segments, predictedEndMs: emptyMs };
  return { ...session, dose, due: [asked, ...session.due.filter(({ kind }) => kind !== 'predicted')] };
}

function due(kind: 'pump' | 'stop-request' | 'bag', label: string, detail: string): SessionView['due'][number] {
  return { key: kind, kind, label, detail, instrument: null, dueMs: at(37.2), state: 'due', doneMs: null };
}

function withSession(change: (session: SessionView) => SessionView): GalleryRoom {
  const board = goldenBoard({ state: 'full' });
  return { board: { ...board, session: board.session === null ? null : change(board.session) }, link: live };
}
