/** Units as senders write them, to UCUM: dimension codes of IEEE 11073, their names, and what people write. Lower case. */
const ucumOf: ReadonlyMap<string, string> = new Map([
  ['%', '%'],
  ['percent', '%'],
  ['262688', '%'],
  ['mdc_dim_percent', '%'],
  ['/min', '/min'],
  ['{beats}/min', '/min'],
  ['beats/min', '/min'],
  ['beat/min', '/min'],
  ['breaths/min', '/min'],
  ['breath/min', '/min'],
  ['{beat}/min', '/min'],
  ['{breaths}/min', '/min'],
  ['{breath}/min', '/min'],
  ['1/min', '/min'],
  ['bpm', '/min'],
  ['rpm', '/min'],
  ['264864', '/min'],
  ['mdc_dim_beat_per_min', '/min'],
  ['264928', '/min'],
  ['mdc_dim_resp_per_min', '/min'],
  ['264672', '/min'],
  ['mdc_dim_per_min', '/min'],
  ['mm[hg]', 'mm[Hg]'],
  ['mmhg', 'mm[Hg]'],
  ['266016', 'mm[Hg]'],
  ['mdc_dim_mmhg', 'mm[Hg]'],
  ['kpa', 'kPa'],
  ['265987', 'kPa'],
  ['mdc_dim_kilo_pascal', 'kPa'],
  ['cel', 'Cel'],
  ['degc', 'Cel'],
  ['°c', 'Cel'],
  ['c', 'Cel'],
  ['268192', 'Cel'],
  ['mdc_dim_degc', 'Cel'],
  ['[degf]', '[degF]'],
  ['degf', '[degF]'],
  ['°f', '[degF]'],
  ['f', '[degF]'],
  ['266560', '[degF]'],
  ['mdc_dim_fahr', '[degF]'],
  ['1', '1'],
  ['262656', '1'],
  ['mdc_dim_dimless', '1'],
  // Of what Vigil has no metric for: the dimension codes of IEEE 11073 by their UCUM names.
  ['263424', 'm'],
  ['263441', 'cm'],
  ['mdc_dim_centi_m', 'cm'],
  ['263442', 'mm'],
  ['263744', 'L'],
  ['263762', 'mL'],
  ['mdc_dim_milli_l', 'mL'],
  ['263872', 'g'],
  ['263875', 'kg'],
  ['mdc_dim_kilo_g', 'kg'],
  ['263890', 'mg'],
  ['264320', 's'],
  ['264338', 'ms'],
  ['264352', 'min'],
  ['264384', 'h'],
  ['265216', 'L/min'],
  ['265234', 'mL/min'],
  ['265984', 'Pa'],
  ['266048', 'cm[H2O]'],
  ['266418', 'mV'],
]);
/** `0004-0220`: partition and code of a dimension in hexadecimal. */
const hexDimension = /^0004-([0-9a-f]{4})$/;
const dimensions = 4 << 16;
const unitMaxLength = 20;

export type UnitAliases = ReadonlyMap<string, string>;

/** UCUM where the unit is known, else the sender's own text; null where none is stated. `components` of OBX-6: code, text, system, … */
export function unitOf(components: readonly string[], aliases: UnitAliases): string | null {
  for (const stated of [components[0], components[1], components[3], components[4]]) {
    if (stated === undefined || stated === '') continue;
    const lower = stated.toLowerCase();
    const hex = hexDimension.exec(lower)?.[1];
    const known = aliases.get(lower) ?? ucumOf.get(hex === undefined ? lower : String(dimensions + Number.parseInt(hex, 16)));
    if (known !== undefined) return known;
  }
  const own = [components[0], components[1]].find((stated) => stated !== undefined && stated !== '');
  return own === undefined ? null : printable(own).slice(0, unitMaxLength);
}

export function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}
