import type { BodySide, InjectionSite } from '../../../shared/clinical/route-dose.ts';
import { fromThousandths, showShort } from '../../../shared/values/quantity.ts';
import type { SessionEvent } from './session-event.ts';

const sites: Readonly<Record<InjectionSite, string>> = {
  deltoid: 'deltoid',
  'vastus-lateralis': 'vastus lateralis',
  ventrogluteal: 'ventrogluteal',
  dorsogluteal: 'dorsogluteal',
};
const sides: Readonly<Record<BodySide, string>> = { left: 'left', right: 'right' };

/** What an injection, a device, a lozenge or a new bag was, in a few words; null for other events. */
export function giftDetail(event: SessionEvent): string | null {
  const milli = (thousandths: number): string => showShort(fromThousandths(thousandths), 3);
  switch (event.kind) {
    case 'injection-given': {
      const { ul, vial, site, side, lot } = event.body;
      return `${milli(ul)} mL of ${showShort(vial.ug / vial.ul, 3)} mg/mL, ${sides[side]} ${sites[site]}, lot ${lot}`;
    }
    case 'device-given':
      return `${milli(event.body.ug)} mg, lot ${event.body.lot}`;
    case 'lozenge-placed':
      return event.body.lot === undefined ? null : `lot ${event.body.lot}`;
    case 'bag-changed': {
      const { rateUlPerHour, oldLeftUg, oldLeftUl } = event.body;
      return `${milli(rateUlPerHour)} mL/h; left in the old bag ${milli(oldLeftUl)} mL, ${milli(oldLeftUg)} mg`;
    }
    default:
      return null;
  }
}
