// All that the core may know of the world outside: UTF-8, base64, and the WebCrypto calls it makes.
// Browsers and Node have these alike; the DOM, the browser's APIs and Node's modules are not here and so do not compile.

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: boolean; ignoreBOM: boolean })
  decode(bytes: Uint8Array): string
}
declare function btoa(binary: string): string
declare function atob(base64: string): string
interface CryptoKey {
  readonly extractable: boolean
}
interface AesGcm {
  name: 'AES-GCM'
  iv: Uint8Array<ArrayBuffer>
  additionalData: Uint8Array<ArrayBuffer>
}
interface Hkdf {
  name: 'HKDF'
  hash: 'SHA-256'
  salt: Uint8Array<ArrayBuffer>
  info: Uint8Array<ArrayBuffer>
}
declare const crypto: {
  getRandomValues<T extends Uint8Array>(bytes: T): T
  subtle: {
    importKey(
      format: 'raw',
      bytes: Uint8Array<ArrayBuffer>,
      algorithm: 'AES-GCM',
      extractable: false,
      usages: ('encrypt' | 'decrypt')[],
    ): Promise<CryptoKey>
    importKey(
      format: 'raw',
      bytes: Uint8Array<ArrayBuffer>,
      algorithm: 'HKDF',
      extractable: false,
      usages: 'deriveBits'[],
    ): Promise<CryptoKey>
    deriveBits(algorithm: Hkdf, key: CryptoKey, bits: number): Promise<ArrayBuffer>
    encrypt(algorithm: AesGcm, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
    decrypt(algorithm: AesGcm, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  }
}
