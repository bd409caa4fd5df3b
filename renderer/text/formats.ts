import type { Country, Formats } from '../../shared/values/formats.ts';

/** Words of the clinic's choice how dates, times and units are written. */
export const formatsText = {
  heading: 'Dates, times and units',
  words: 'For every screen, print and PDF of this room. Exports for machines keep ISO dates and metric units.',
  countries: { us: 'United States', uk: 'United Kingdom', iso: 'ISO' } satisfies Record<Country, string>,
  mixed: 'own choice',
  country: 'As in',
  dates: { name: 'Dates', us: 'Mar 14, 1984', uk: '14 Mar 1984', iso: '1984-03-14' } satisfies Record<Formats['dates'] | 'name', string>,
  hours: { name: 'Times', 12: '02:05 PM', 24: '14:05' } satisfies Record<Formats['hours'] | 'name', string>,
  temperature: { name: 'Temperature', Cel: '°C', '[degF]': '°F' } satisfies Record<Formats['temperature'] | 'name', string>,
  weight: { name: 'Weight', kg: 'kg', lb: 'lb' } satisfies Record<Formats['weight'] | 'name', string>,
  paper: { name: 'Paper', A4: 'A4', Letter: 'US Letter' } satisfies Record<Formats['paper'] | 'name', string>,
} as const;
