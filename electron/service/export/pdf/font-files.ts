// oxlint-disable-next-line typescript/triple-slash-reference -- a declaration of modules cannot be imported
/// <reference path="./font-file.d.ts" />
import arabic400 from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff?inline';
import arabic600 from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-600-normal.woff?inline';
import devanagari400 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff?inline';
import devanagari600 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-600-normal.woff?inline';
import chinese400 from '../../../../resources/fonts/noto-sans-sc-chinese-simplified-400-normal.woff?inline';
import japanese400 from '../../../../resources/fonts/noto-sans-jp-japanese-400-normal.woff?inline';
import korean400 from '../../../../resources/fonts/noto-sans-kr-korean-400-normal.woff?inline';
import hebrew400 from '@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal.woff?inline';
import hebrew600 from '@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-600-normal.woff?inline';
import cyrillic400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic-400-normal.woff?inline';
import cyrillic600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic-600-normal.woff?inline';
import greek400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-400-normal.woff?inline';
import greek600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-600-normal.woff?inline';
import latinExtended400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-400-normal.woff?inline';
import latinExtended600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-600-normal.woff?inline';
import latin400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff?inline';
import latin600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff?inline';
import vietnamese400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-vietnamese-400-normal.woff?inline';
import vietnamese600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-vietnamese-600-normal.woff?inline';

interface FontFile {
  readonly script: string;
  readonly regular: string;
  readonly bold: string;
  /** Its letters take their form from their neighbours. */
  readonly isShaped: boolean;
}

/**
 * The face of the screens in the parts it comes in, then faces for the scripts that it has not: each as a data: address,
 * so that every bundle carries its own. What two of them have is taken from the first.
 */
export const fontFiles: readonly FontFile[] = [
  { script: 'latin', regular: latin400, bold: latin600, isShaped: false },
  { script: 'latin-ext', regular: latinExtended400, bold: latinExtended600, isShaped: false },
  { script: 'vietnamese', regular: vietnamese400, bold: vietnamese600, isShaped: false },
  { script: 'greek', regular: greek400, bold: greek600, isShaped: false },
  { script: 'cyrillic', regular: cyrillic400, bold: cyrillic600, isShaped: false },
  { script: 'arabic', regular: arabic400, bold: arabic600, isShaped: true },
  { script: 'hebrew', regular: hebrew400, bold: hebrew600, isShaped: true },
  { script: 'devanagari', regular: devanagari400, bold: devanagari600, isShaped: true },
];

/** Ten times as large as all the others, so in one weight, and read only where a text has a letter that none of those has. */
export const eastAsianFiles: readonly { readonly script: string; readonly regular: string }[] = [
  { script: 'japanese', regular: japanese400 },
  { script: 'chinese', regular: chinese400 },
  { script: 'korean', regular: korean400 },
];
