import { expect, test } from 'vitest';
import { dueNow } from '../../../../renderer/sheets/rating/due-now.ts';
import type { DueItem } from '../../../../shared/contract/session-view/plan.ts';

const item = (key: string, dueMs: number, more: Partial<DueItem> = {}): DueItem => ({
  key,
  kind: 'rating',
  label: 'Sedation check',
  detail: '',
  instrument: 'moaa-s',
  dueMs,
  state: 'waiting',
  doneMs: null,
  ...more,
});

test('SLOT-40 a rating that is begun names the time it is for, and none that has passed', () => {
  const passed = item('before', 1, { state: 'past-due', passed: true });
  const now = item('twenty', 2, { state: 'past-due' });
  expect(dueNow([passed, now, item('forty', 3)], 'moaa-s')?.key).toBe('twenty');
  expect(dueNow([passed, item('suds', 2, { instrument: 'suds' })], 'moaa-s')).toBeUndefined();
});
