import { isolated } from '../../shared/values/isolated.ts';

/** Words about a clinic's own wording of rating instruments. */
export const textPackText = {
  title: 'Rating wording',
  words:
    'Vigil brings the structure and the scoring. Where the words of a form belong to somebody, your clinic loads those it may use as a text pack. Its hash goes into every rating.',
  signInFirst: 'Sign in as IT, a nurse or a prescriber to load or remove wording.',
  notFor: (role: string) => `Wording is loaded by IT, a nurse or a prescriber. You are signed in as ${role}.`,
  signIn: 'Sign in',
  close: 'Close',
  load: 'Load a text pack…',
  loadOne: (name: string) => `Load wording for ${isolated(name)}`,
  loadShort: 'Load…',
  replace: 'Replace…',
  remove: 'Remove',
  removeOne: (name: string) => `Remove the wording of ${isolated(name)}`,
  confirmRemove: (name: string) =>
    `Remove the wording of ${isolated(name)}? Ratings made with it keep it; new ones are read from the form.`,
  keep: 'Keep it',
  removeNow: 'Remove it',
  groups: {
    structure: { heading: 'Words come from your clinic', words: 'Only numbers and short labels are shown until wording is loaded.' },
    'own-words': { heading: 'Anchors in our own words', words: 'Load a pack to show the words of the form your clinic uses.' },
    verbatim: { heading: 'Shipped as published', words: 'A pack is needed only for another language.' },
  },
  none: 'none loaded',
  shipped: 'shipped',
  ownWords: 'our own words',
  loaded: (language: string, version: string) => `${language} · version ${version}`,
  by: (name: string, day: string) => `loaded by ${isolated(name)}, ${day}`,
  hash: (short: string) => `hash ${short}`,
  reading: 'reading…',
  said: (name: string, version: string) => `${isolated(name)}: version ${version} is loaded.`,
  same: (name: string, version: string) => `${isolated(name)}: version ${version} was loaded already. Nothing has changed.`,
  removed: (name: string) => `${isolated(name)}: wording removed.`,
  tooLong: 'This file is longer than a text pack can be. Choose the pack itself, a file that ends in .json.',
  unreadable: 'This file could not be read. Copy it to this computer and choose it again.',
  listFailed: 'The list of loaded wording did not arrive.',
  home: {
    name: 'Rating wording',
    state: 'text packs',
    words: 'Words of forms that your clinic may use',
    open: 'Rating wording…',
  },
} as const;
