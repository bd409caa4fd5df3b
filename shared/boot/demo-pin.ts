/** The PIN of everybody in the demo, said on its sign-in; nothing of value is behind it. */
export const demoPin = '246801';
