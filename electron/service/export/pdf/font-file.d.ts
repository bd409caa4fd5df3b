declare module '*.woff?inline' {
  const address: string;
  export default address;
}
