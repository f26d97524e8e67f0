// Files that a person chooses, read in the browser.
export const readText = (file) => file.text();

export async function readBase64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const PIECE = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}
