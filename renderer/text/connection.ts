/** Why a page in a browser is not let in. What other pages do, and what the room records, goes on. */
export const notLetIn = {
  PAGE_UNKNOWN: {
    title: 'This page is not let in',
    message: 'Its address was used before, or is of another room. What is recorded at other pages goes on.',
    steps: [
      'Use the browser and the window in which Vigil was open before.',
      'If there is none, call clinic IT: each start of Vigil opens one page.',
    ],
  },
  ROOM_STRANGE: {
    title: 'This is not the Vigil of this room',
    message: 'What answers at this address does not have the key of this room. Nothing was said to it, and nothing is recorded here.',
    steps: ['Look whether Vigil is running.', 'Call clinic IT.'],
  },
  PAGES_FULL: {
    title: 'Too many pages are open',
    message: 'As many pages of this room are open as there may be. What is recorded at them goes on.',
    steps: ['Close one that nobody needs: this one comes in by itself then.'],
  },
} as const;

export type NotLetIn = keyof typeof notLetIn;
