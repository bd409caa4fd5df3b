// The package says where its program is, and not where its types are.
declare module 'uplot' {
  export { default } from 'uplot/dist/uPlot';
}
