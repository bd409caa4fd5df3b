import { countries, countryOf, formatsOfCountry, type Formats } from '../../../shared/values/formats.ts';
import { formatsText } from '../../text/formats.ts';
import { Segmented } from './segmented.tsx';

/** All forms of a country at once; none is marked while the clinic's own mixture holds. */
export function CountryChoice({ formats, onChange }: { readonly formats: Formats; readonly onChange: (formats: Formats) => void }) {
  return (
    <Segmented
      label={formatsText.country}
      value={countryOf(formats) ?? 'own'}
      onChange={(value) => value !== 'own' && onChange(formatsOfCountry[value])}
      options={countries.map((value) => ({ value, label: formatsText.countries[value] }))}
    />
  );
}
