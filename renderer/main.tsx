import './without-eval.ts';
import '@fontsource-variable/ibm-plex-sans/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connectRoom } from './connection/room-connection.ts';
import { portTransport, webSocketTransport, type OpenTransport } from './connection/room-transport.ts';
import { createLiveStore } from './live/live-store.ts';
import { readAgainOnReturn } from './live/read-again.ts';
import { RoomProvider } from './live/room-context.tsx';
import { seatOf } from './live/seat-store.ts';
import { restoreTheme } from './live/use-theme.ts';

const tokenKey = 'vigil.token';

/** The secret of the first URL, taken out of the address at once: an address is copied, shown and kept. */
function roomToken(): string {
  const given = /^#token=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (given === undefined) return window.sessionStorage.getItem(tokenKey) ?? '';
  window.sessionStorage.setItem(tokenKey, given);
  window.history.replaceState(null, '', window.location.pathname);
  return given;
}

/** A new address in the same window changes only what stands after `#`; the page begins again with the new secret. */
window.addEventListener('hashchange', () => {
  if (window.location.hash.startsWith('#token=')) window.location.reload();
});

function openTransport(): OpenTransport {
  const shell = window.vigilShell;
  return shell === undefined ? webSocketTransport(roomToken()) : portTransport(shell);
}

restoreTheme();
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } });
const store = createLiveStore();
const open = openTransport();
const connection = connectRoom(store, open, (client) => seatOf(client).resume());
store.subscribe(() => {
  const { board } = store.getState();
  if (board !== null) seatOf(connection.client).told(board.here.people);
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
