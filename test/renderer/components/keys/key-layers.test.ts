import { describe, expect, test } from 'vitest';
import { createKeyLayers, type KeyLayer } from '../../../../renderer/components/keys/key-layers.ts';
import { chipOfDigit, chipsInSight } from '../../../../renderer/screens/session/observations/chip-row.tsx';

interface Press {
  readonly key: string;
  readonly timeStamp: number;
  defaultPrevented: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}
const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  timeStamp: 0,
  defaultPrevented: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('who hears a key', () => {
  test('KEYS-1 the topmost layer alone, also where it does nothing with it', () => {
    const layers = createKeyLayers<Press>();
    const heard: string[] = [];
    layers.listen(layers.page, ({ key }) => heard.push(`page ${key}`));
    const sheet: KeyLayer<Press> = { tasks: [] };
    const cover: KeyLayer<Press> = { tasks: [] };
    const closeSheet = layers.lay(sheet);
    layers.hear(press('1'), false);
    const forget = layers.listen(sheet, ({ key }) => heard.push(`sheet ${key}`));
    layers.hear(press('2'), false);
    const uncover = layers.lay(cover);
    layers.hear(press('3'), false);
    uncover();
    layers.hear(press('4'), false);
    forget();
    layers.hear(press('5'), false);
    closeSheet();
    layers.hear(press('6'), false);
    expect(heard).toEqual(['sheet 2', 'sheet 4', 'page 6']);
  });

  test('KEYS-1 a sheet that takes the place of another keeps the page covered, in whatever order the two change', () => {
    const layers = createKeyLayers<Press>();
    const heard: string[] = [];
    layers.listen(layers.page, ({ key }) => heard.push(key));
    const [first, second] = [{ tasks: [] }, { tasks: [] }];
    const closeFirst = layers.lay(first);
    const closeSecond = layers.lay(second);
    closeFirst();
    layers.hear(press('1'), false);
    closeSecond();
    layers.hear(press('2'), false);
    expect(heard).toEqual(['2']);
  });

  test('KEYS-1 one part of a layer takes a key from the next, and what is typed or held with Ctrl is nobody’s', () => {
    const layers = createKeyLayers<Press>();
    const heard: string[] = [];
    layers.listen(layers.page, (one) => {
      heard.push(`first ${one.key}`);
      if (one.key === 'a') one.defaultPrevented = true;
    });
    layers.listen(layers.page, ({ key }) => heard.push(`second ${key}`));
    layers.hear(press('a'), false);
    layers.hear(press('b'), false);
    layers.hear(press('c'), true);
    for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) layers.hear(press('d', { [held]: true }), false);
    layers.hear(press('e', { defaultPrevented: true }), false);
    expect(heard).toEqual(['first a', 'first b', 'second b']);
  });

  test('KEYS-7 digits that go on from a PIN whose sheet has closed press nothing, until a pause or a letter ends it', () => {
    const layers = createKeyLayers<Press>();
    const heard: string[] = [];
    layers.listen(layers.page, ({ key }) => heard.push(key));
    const sheet: KeyLayer<Press> = { tasks: [] };
    layers.listen(sheet, ({ key }) => heard.push(`sheet ${key}`));
    const after = (key: string, timeStamp: number): void => layers.hear(press(key, { timeStamp }), false);
    let close = layers.lay(sheet);
    layers.pinTyped({ timeStamp: 10_000 });
    after('1', 10_200);
    close();
    after('2', 11_900);
    after('Enter', 12_000);
    after('3', 13_800);
    after('4', 15_900);
    close = layers.lay(sheet);
    layers.pinTyped({ timeStamp: 20_000 });
    close();
    // A sheet that is opened since has digits of its own.
    close = layers.lay(sheet);
    after('6', 20_200);
    close();
    after('n', 20_300);
    after('5', 20_400);
    expect(heard).toEqual(['sheet 1', 'Enter', '4', 'sheet 6', 'n', '5']);
  });
});

describe('digits of the chips', () => {
  const written = (compact: boolean, chosen: Parameters<typeof chipsInSight>[1] = []): readonly string[] =>
    chipsInSight(compact, chosen).flatMap(({ digit, chip }) => (digit === null ? [] : [`${digit} ${chip}`]));

  test('KEYS-5 stand for the same chips at every width', () => {
    const all = ['1 calm', '2 awe', '3 grief', '4 fear', '5 joy', '6 tender', '7 silent presence', '8 grounding', '9 supportive touch'];
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `${digit} ${chipOfDigit(digit)?.chip}`)).toEqual(all);
    expect(written(false)).toEqual(all);
    expect(written(true)).toEqual(['1 calm', '2 awe', '3 grief', '4 fear', '5 joy', '7 silent presence', '8 grounding']);
  });

  test('KEYS-5 bring their chip in sight where it was not', () => {
    const tender = chipOfDigit(6);
    if (tender === undefined) throw new Error('6 stands for a chip');
    expect(written(true, [tender])).toContain('6 tender');
    expect(written(true, [{ group: 'affect', chip: 'shame' }])).toEqual(written(true));
  });
});
