// TLS connections: the table of a capture's connections, and all that one of them shows.
import { z } from 'zod'
import { CaptureId } from './schemas'

/** Who speaks. */
const From = z.enum(['client', 'server'])
const Moment = z.object({ frame: z.number(), /** Seconds since the capture's first packet. */ time: z.number() }).readonly()

/** Why a connection's data cannot be read; 'none' where it can. */
export const UNDECRYPTED_REASONS = [
  'none',
  'no-application-data',
  'no-client-hello',
  'no-server-hello',
  'no-key-log',
  'no-key-for-random',
  'labels-missing',
  'ech',
  'cipher-not-supported',
  'lost-segments',
  'cut-packets',
  'key-does-not-fit',
] as const
const Reason = z.enum(UNDECRYPTED_REASONS)
export type TlsReason = z.infer<typeof Reason>

/** What carries a connection: TLS goes over TCP, DTLS over UDP. */
export const TlsTransport = z.enum(['tcp', 'udp'])
export type TlsTransport = z.infer<typeof TlsTransport>

/** One connection in the table. */
export const TlsRow = z.object({
  transport: TlsTransport,
  /** tcp.stream or udp.stream. */
  stream: z.number(),
  client: z.string(),
  server: z.string(),
  version: z.string().nullable(),
  cipher: z.string().nullable(),
  sni: z.string().nullable(),
  alpn: z.string().nullable(),
  resumed: z.boolean(),
  decrypted: z.boolean(),
  reason: Reason,
  /** Protected records that were found, and those of them that were opened. */
  records: z.object({ protected: z.number(), opened: z.number() }),
  firstFrame: z.number(),
  /** Seconds since the capture's first packet. */
  time: z.number(),
  /** Milliseconds from the SYN (or the first packet) to the end of the handshake; null where it did not end. */
  handshakeMs: z.number().nullable(),
  /** Fatal alerts, and certificates that a careful client would reject. */
  fatalAlerts: z.number(),
  rejected: z.boolean(),
  /** How the secret came about; null while no cipher suite is known. */
  keyExchange: z.enum(['rsa', 'ecdhe', 'dhe', 'psk', 'psk-dhe', 'resumption', 'other']).nullable(),
  /** Round trips of TLS alone before the client's data. */
  tlsRoundTrips: z.number(),
})
export type TlsRow = z.infer<typeof TlsRow>

/** A message of the connection. */
const Phase = z.object({
  name: z.string(),
  from: From,
  frame: z.number(),
  time: z.number(),
  /** The message itself was encrypted. */
  protected: z.boolean(),
})
export type TlsPhaseRow = z.infer<typeof Phase>

/** Something offered: its number, its name, and whether it was chosen. */
const Offer = z.object({ code: z.number(), name: z.string(), chosen: z.boolean(), grease: z.boolean() })
export type TlsOffer = z.infer<typeof Offer>

const Problem = z.object({
  code: z.enum([
    'expired',
    'not-yet-valid',
    'unreadable-validity',
    'bad-signature',
    'self-signed',
    'issuer-missing',
    'not-an-authority',
    'may-not-sign',
    'wrong-order',
    'unused',
    'name-mismatch',
    'no-names',
    'path-too-long',
    'wrong-purpose',
    'weak-signature',
    'weak-key',
    'unknown-critical-extension',
  ]),
  /** What the problem is about: a time in seconds since 1970, a host, a limit, a purpose, an algorithm, bits, an extension. */
  detail: z.string(),
  /** A careful receiver rejects the chain for it. */
  rejects: z.boolean(),
})
export type TlsCertificateProblem = z.infer<typeof Problem>

/** A certificate as a card. Times are seconds since 1970; null where they cannot be read. */
export const TlsCertificateCard = z.object({
  from: From,
  frame: z.number(),
  /** DER in base64. */
  der: z.string(),
  readable: z.boolean(),
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()).readonly(),
  serialNumber: z.string(),
  notBefore: z.number().nullable(),
  notAfter: z.number().nullable(),
  key: z.string(),
  signatureAlgorithm: z.string(),
  signature: z.enum(['valid', 'invalid', 'issuer missing', 'not checked']),
  role: z.enum(['leaf', 'intermediate', 'root', 'unused']),
  /** Place in what was sent of the certificate that signed it; null when it was not sent. */
  issuedBy: z.number().nullable(),
  problems: z.array(Problem).readonly(),
  rejected: z.boolean(),
})
export type TlsCertificateCard = Readonly<z.infer<typeof TlsCertificateCard>>

/** One connection. */
export const TlsConnection = TlsRow.extend({
  group: z.string().nullable(),
  /** Scheme of the server's signature over the handshake. */
  signature: z.string().nullable(),
  ja3: z.string().nullable(),
  ja4: z.string().nullable(),
  phases: z.array(Phase).readonly(),
  alerts: z
    .array(
      z.object({
        frame: z.number(),
        time: z.number(),
        from: From,
        level: z.enum(['warning', 'fatal', 'unknown']),
        number: z.number(),
        name: z.string(),
      }),
    )
    .readonly(),
  /** SYN and SYN, ACK; null where they were not captured. */
  tcp: z.object({ syn: Moment.nullable(), synAck: Moment.nullable() }),
  /** First protected record of each side: from here on its bytes are encrypted. */
  encryptedFrom: z.object({ client: Moment.nullable(), server: Moment.nullable() }),
  application: z.object({ client: Moment.nullable(), server: Moment.nullable() }),
  /** Times that the client had to wait for the server before it could send data: TCP's first, then TLS's. Milliseconds. */
  roundTrips: z.array(z.object({ kind: z.enum(['tcp', 'tls']), fromFrame: z.number(), toFrame: z.number(), ms: z.number() })).readonly(),
  /** Bytes that the capture lacks, by the first packet that shows it, with how many records they were; null where nothing tells. */
  gaps: z
    .array(z.object({ from: From, frame: z.number(), time: z.number(), bytes: z.number(), records: z.number().nullable() }))
    .readonly(),
  offers: z
    .object({
      random: z.string(),
      sessionId: z.string(),
      versions: z.array(Offer).readonly(),
      suites: z.array(Offer).readonly(),
      groups: z.array(Offer).readonly(),
      keyShares: z.array(Offer).readonly(),
      signatures: z.array(Offer).readonly(),
      alpn: z.array(Offer).readonly(),
      extensions: z.array(Offer).readonly(),
      ech: z.boolean(),
    })
    .nullable(),
  answer: z
    .object({
      random: z.string(),
      sessionId: z.string(),
      extensions: z.array(Offer).readonly(),
      encryptThenMac: z.boolean(),
      extendedMaster: z.boolean(),
    })
    .nullable(),
  forwardSecret: z.boolean().nullable(),
  /** Labels that the key log has for this connection's client random. */
  labels: z.array(z.string()).readonly(),
  certificates: z.array(TlsCertificateCard).readonly(),
  requestedClientCertificate: z.boolean(),
  earlyData: z.enum(['none', 'offered', 'accepted', 'rejected']),
  tickets: z.number(),
  renegotiations: z.number(),
})
export type TlsConnection = Readonly<z.infer<typeof TlsConnection>>

/** Methods about TLS. */
export const TLS_METHODS = {
  /** Connections that contain a text ('' = all), `first` of them left out. `total` counts the capture's, `matched` those that fit. */
  'tls.connections': {
    params: z.object({
      captureId: CaptureId,
      text: z.string().max(200),
      first: z.number().int().nonnegative(),
      count: z.number().int().min(0).max(500),
    }),
    result: z.object({ total: z.number(), matched: z.number(), decrypted: z.number(), connections: z.array(TlsRow) }),
  },
  /** One of them; null when the stream carries no TLS. */
  'tls.connection': {
    params: z.object({
      captureId: CaptureId,
      /** TCP where none is named. */ transport: TlsTransport.optional(),
      stream: z.number().int().nonnegative(),
    }),
    result: z.object({ connection: TlsConnection.nullable() }),
  },
  /** The connection that a packet belongs to; stream -1 for none. */
  'tls.find': {
    params: z.object({ captureId: CaptureId, number: z.number().int().min(1) }),
    result: z.object({ transport: TlsTransport, stream: z.number() }),
  },
} as const
