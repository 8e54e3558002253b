// Hands bytes or text to the browser as a download.

/** Downloads base64 bytes under a name. */
export function downloadBytes(name: string, base64: string): void {
  downloadFile(name, base64, 'application/vnd.tcpdump.pcap')
}

/** Downloads base64 bytes of a media type under a name. */
export function downloadFile(name: string, base64: string, type: string): void {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  downloadBlob(name, new Blob([bytes], { type }))
}

/** Downloads a text under a name. */
export function downloadText(name: string, text: string): void {
  downloadBlob(name, new Blob([text], { type: 'text/plain;charset=utf-8' }))
}

/** Hands a file to the browser's download. */
export function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the content over once the click was handled.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 10_000)
}
