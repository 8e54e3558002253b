// Files that the build puts into the bundle as data URIs, so that a packed host needs nothing beside it.
declare module '*inline' {
  const dataUri: string
  export = dataUri
}
