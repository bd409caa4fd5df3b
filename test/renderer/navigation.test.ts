import { expect, test } from 'vitest';
import { addressOf, shownPlace, placeAt, type PlaceContext, type Place } from '../../renderer/navigation.ts';
import { fixtureId } from '../fixtures/boards/golden-times.ts';

const routes: readonly Place[] = [
  { at: 'home' },
  { at: 'start' },
  { at: 'session' },
  { at: 'setup' },
  { at: 'record', sessionId: fixtureId(8, 1) },
  { at: 'sign', sessionId: fixtureId(8, 1) },
];
const room: PlaceContext = { setUp: true, demo: false, openSession: null, endedSessionId: null };

test.each(routes)('PAGE-5 the address of $at leads back to it', (route) => {
  expect(placeAt(addressOf(route))).toEqual(route);
});

test.each(['', '#', '#/nowhere', '#/record/', '#/record/../../x', '#/record/1', '#token=abc'])(
  'PAGE-5 "%s" is no address of ours',
  (address) => {
    expect(placeAt(address)).toBeNull();
  },
);

test('PAGE-6 a room that is not set up is set up first, whatever was asked; a demo room need not be', () => {
  for (const route of [...routes, null]) expect(shownPlace(route, { ...room, setUp: false })).toEqual({ at: 'setup' });
  expect(shownPlace({ at: 'home' }, { ...room, setUp: false, demo: true })).toEqual({ at: 'home' });
});

test('PAGE-6 the page opens on a session that runs, else at home', () => {
  expect(shownPlace(null, room)).toEqual({ at: 'home' });
  expect(shownPlace(null, { ...room, openSession: { dosed: true } })).toEqual({ at: 'session' });
  expect(shownPlace(null, { ...room, openSession: { dosed: false } })).toEqual({ at: 'home' });
});

test('PAGE-6 a session that has ended leads to its signature, also where the page had no address, none leads home', () => {
  expect(shownPlace({ at: 'session' }, room)).toEqual({ at: 'home' });
  for (const asked of [{ at: 'session' }, null] as const) {
    expect(shownPlace(asked, { ...room, endedSessionId: fixtureId(8, 1) })).toEqual({ at: 'sign', sessionId: fixtureId(8, 1) });
  }
  expect(shownPlace({ at: 'session' }, { ...room, openSession: { dosed: false }, endedSessionId: fixtureId(8, 1) })).toEqual({
    at: 'session',
  });
});
