import type { ProtocolRoute } from '../../../../shared/clinical/protocol-shape.ts';

/** How a drug is given, by route. */
export const routeWords: Readonly<Record<ProtocolRoute, string>> = {
  iv: 'into a vein',
  im: 'as an injection',
  intranasal: 'as a nasal spray',
  sublingual: 'under the tongue',
};

/** What the start of the dose is called, by route. */
export const startWords: Readonly<Record<ProtocolRoute, string>> = {
  iv: 'Infusion started',
  im: 'Injection given',
  intranasal: 'First device',
  sublingual: 'Lozenge placed',
};
