import type { BodySide, InjectionSite } from '../../../shared/clinical/route-dose.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { showMilli, showShort, showTemperature, type TemperatureUnit } from '../../../shared/values/quantity.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { sessionText } from '../../text/session.ts';
import { enteredKeys, enteredVitals, nothingTyped, type TypedVitals } from '../vitals/entered-vitals.ts';

const words = sessionText.correct;

/** Figures of an entry that can be put right: of what was given whole, of vitals by hand, of a bag that came off. As they stand now, as typed. */
export type WhatDraft =
  | {
      readonly of: 'administration';
      readonly kind: 'injection' | 'device' | 'lozenges';
      /** mg, or of lozenges their number. */
      readonly amount: string;
      readonly site: InjectionSite | null;
      readonly side: BodySide | null;
      readonly lot: string;
    }
  | { readonly of: 'vitals'; readonly typed: TypedVitals }
  /** mL as read at the pump, empty where it was not said; `worked` is the volume by calculation. */
  | { readonly of: 'left'; readonly ml: string; readonly worked: string };

/** What of this entry can be corrected besides its time; null where nothing can. */
export function whatOfEntry(session: SessionView, eventId: string, temperature: TemperatureUnit): WhatDraft | null {
  const vitals = session.typedVitals.find((entry) => entry.eventId === eventId);
  if (vitals !== undefined) {
    const shown = enteredKeys.map((key) => {
      const value = vitals.values[key];
      return [
        key,
        value === undefined ? '' : key === 'temp' ? numberOf(showTemperature(value, temperature)) : showShort(value, 1),
      ] as const;
    });
    return { of: 'vitals', typed: { ...nothingTyped, ...Object.fromEntries(shown) } };
  }
  const left = session.marks.find((mark) => mark.eventId === eventId)?.volumeLeft;
  if (left !== undefined) {
    const { readUl, workedUl } = left;
    return { of: 'left', ml: readUl === null ? '' : showMilli(readUl), worked: showShort(workedUl / 1000, 1) };
  }
  const given = session.dose.administrations.find((entry) => entry.eventId === eventId);
  if (given === undefined) return null;
  const order = session.dose.routeOrder;
  const kind = given.injection !== null ? 'injection' : order?.route === 'sublingual' ? 'lozenges' : 'device';
  const amount = kind === 'lozenges' && order?.route === 'sublingual' ? given.ug / order.lozengeUg : given.ug / 1000;
  return {
    of: 'administration',
    kind,
    amount: showShort(amount, 3),
    site: given.injection?.site ?? null,
    side: given.injection?.side ?? null,
    lot: given.lot ?? '',
  };
}

/** `37.3 °C` as it is typed. */
function numberOf(shown: string): string {
  return shown.split(' ')[0] ?? '';
}

export type WhatRequest =
  { readonly ok: true; readonly command: (reason: string) => SessionCommandInput } | { readonly ok: false; readonly waitsFor: string };

/** What is corrected, against how the entry stands. */
export function whatRequest(eventId: string, draft: WhatDraft, stands: WhatDraft, temperature: TemperatureUnit): WhatRequest {
  if (draft.of === 'vitals') {
    const { values, problems, ready } = enteredVitals(draft.typed, temperature);
    const [problem] = Object.values(problems);
    if (!ready) return { ok: false, waitsFor: problem ?? sessionText.byHand.empty };
    if (JSON.stringify(draft) === JSON.stringify(stands)) return { ok: false, waitsFor: words.waits.what };
    return { ok: true, command: (reason) => ({ type: 'correct-vitals', eventId, values, reason }) };
  }
  if (draft.of === 'left') {
    const volumeLeftMl = numberTyped(draft.ml);
    if (volumeLeftMl === null) return { ok: false, waitsFor: words.waits.left };
    if (stands.of === 'left' && volumeLeftMl === numberTyped(stands.ml)) return { ok: false, waitsFor: words.waits.what };
    return { ok: true, command: (reason) => ({ type: 'correct-volume-left', eventId, volumeLeftMl, reason }) };
  }
  const amount = numberTyped(draft.amount);
  const isAmountSame = stands.of === 'administration' && draft.amount.trim() === stands.amount;
  if (amount === null || amount <= 0) return { ok: false, waitsFor: words.waits.amount };
  if (draft.kind === 'lozenges' && !Number.isInteger(amount * 2)) return { ok: false, waitsFor: words.waits.halves };
  const lot = draft.lot.trim();
  const change = {
    ...(isAmountSame ? {} : draft.kind === 'lozenges' ? { lozenges: amount } : { mg: amount }),
    ...(stands.of !== 'administration' || draft.site === null || draft.site === stands.site ? {} : { site: draft.site }),
    ...(stands.of !== 'administration' || draft.side === null || draft.side === stands.side ? {} : { side: draft.side }),
    ...(stands.of !== 'administration' || lot === '' || lot === stands.lot ? {} : { lot }),
  };
  if (Object.keys(change).length === 0) return { ok: false, waitsFor: words.waits.what };
  return { ok: true, command: (reason) => ({ type: 'correct-administration', eventId, ...change, reason }) };
}
