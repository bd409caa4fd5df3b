import '@fontsource-variable/ibm-plex-sans/wght.css';
import '../../renderer/styles/tokens.css';
import '../../renderer/styles/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from '../../renderer/app.tsx';
import { createLiveStore } from '../../renderer/live/live-store.ts';
import { RoomProvider } from '../../renderer/live/room-context.tsx';
import { seatOf } from '../../renderer/live/seat-store.ts';
import { roles, type PersonView } from '../../shared/contract/board/people.ts';
import { fakeClient, type FakeKind } from './fake-client.ts';
import { layoutFaults, type LayoutFault } from './layout-faults.ts';
import { named } from './named-board.ts';
import { galleryRoom } from './session-boards.ts';

declare global {
  interface Window {
    /** What is wrong with the page at the size it has now. */
    layoutFaults?: () => readonly LayoutFault[];
  }
}
window.layoutFaults = layoutFaults;

/**
 * The whole page over a fixture board and no service:
 * `?screen=session&state=full|empty|stale|paused|finished|long|lost|refused|not-recording|pump|crowded&theme=night|day`.
 * `named=…` calls patient, people and what they wrote so. The clock stands still unless `run=1`; `person=nobody` leaves the page without a signed-in person, `person=therapist` signs in who has that role.
 */
const asked = new URLSearchParams(window.location.search);
document.documentElement.dataset['theme'] = asked.get('theme') === 'day' ? 'day' : 'night';
if (window.location.hash === '') window.location.hash = `#/${asked.get('screen') ?? 'session'}`;

const { board: drawn, link } = galleryRoom(asked.get('state') ?? 'full');
const board = named(drawn, asked.get('named'));
// Whoever stands first is signed in.
const isFirst = ({ role }: PersonView): number => (role === asked.get('person') ? 1 : 0);
const ofThisRoom = board.staff.people.toSorted((one, other) => isFirst(other) - isFirst(one));
// A role that nobody of the board has is given to the one who stands first.
const lacking = roles.find((role) => role === asked.get('person') && ofThisRoom.every((person) => person.role !== role));
const staff = {
  ...board.staff,
  people: ofThisRoom.map((person, at) => (at === 0 && lacking !== undefined ? { ...person, role: lacking } : person)),
};
const store = createLiveStore();
// A picture has to be the same every time it is taken.
const rate = asked.get('run') === '1' ? 1 : 1e-9;
store.take({ kind: 'snapshot', number: 1, board: { ...board, staff, clock: { ...board.clock, rate } } }, performance.now());
store.setLink(link);

const client = fakeClient((asked.get('fake') ?? 'full') as FakeKind, store, asked.get('signing') ?? 'finished');
if (asked.get('person') === 'nobody') window.sessionStorage.removeItem('vigil.seat');
else window.sessionStorage.setItem('vigil.seat', 'gallery');
await seatOf(client).resume();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RoomProvider value={{ store, client }}>
        <App />
      </RoomProvider>
    </QueryClientProvider>,
  );
}
