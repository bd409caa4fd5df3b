// oxlint-disable-next-line typescript/triple-slash-reference -- a declaration of modules cannot be imported
/// <reference path="./font-file.d.ts" />
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

/** The face of the screens, in the parts it comes in: each as a data: address, so that every bundle carries its own. */
export const fontFiles: readonly { readonly script: string; readonly regular: string; readonly bold: string }[] = [
  { script: 'latin', regular: latin400, bold: latin600 },
  { script: 'latin-ext', regular: latinExtended400, bold: latinExtended600 },
  { script: 'vietnamese', regular: vietnamese400, bold: vietnamese600 },
  { script: 'greek', regular: greek400, bold: greek600 },
  { script: 'cyrillic', regular: cyrillic400, bold: cyrillic600 },
];
