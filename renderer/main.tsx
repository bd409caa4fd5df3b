import './without-eval.ts';
import '@fontsource-variable/ibm-plex-sans/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { PageKey } from '../shared/boot/page-handshake.ts';
import { App } from './app.tsx';
import { desktopShell } from './connection/desktop-shell.ts';
import { heldKeys } from './connection/held-keys.ts';
import { connectRoom } from './connection/room-connection.ts';
import { portTransport, webSocketTransport, type OpenTransport } from './connection/room-transport.ts';
import { createLiveStore } from './live/live-store.ts';
import { readAgainOnReturn } from './live/read-again.ts';
import { RoomProvider } from './live/room-context.tsx';
import { seatOf } from './live/seat-store.ts';
import { restoreTheme } from './live/use-theme.ts';

/** The key of the address, taken out of it at once: an address is copied, shown and kept. */
function givenKey(): PageKey | null {
  const [, name, value] = /^#(token|code)=([\w-]+)$/.exec(window.location.hash) ?? [];
  if (name === undefined || value === undefined) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return { kind: name === 'code' ? 'code' : 'secret', value };
}

/** A new address in the same window changes only what stands after `#`; the page begins again with the new key. */
window.addEventListener('hashchange', () => {
  if (/^#(token|code)=/.test(window.location.hash)) window.location.reload();
});

function openTransport(): OpenTransport {
  const shell = desktopShell();
  return shell === undefined ? webSocketTransport(heldKeys(window.localStorage, givenKey())) : portTransport(shell);
}

restoreTheme();
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } });
const store = createLiveStore();
const open = openTransport();
const connection = connectRoom(store, open, (client) => seatOf(client).resume());
store.subscribe(() => {
  const { board } = store.getState();
  if (board !== null) seatOf(connection.client).told(board.here);
});
readAgainOnReturn(store, queries);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RoomProvider value={{ store, client: connection.client }}>
        <App />
      </RoomProvider>
    </QueryClientProvider>
  </StrictMode>,
);
