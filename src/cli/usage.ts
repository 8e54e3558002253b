// Texts of --help and --version.

/** What --help prints. */
export const USAGE = `Usage: wireglass [options] [-r FILE | -i INTERFACE] [filter]
       wireglass states FILE [--stream N] [--json]
       wireglass http FILE --json|--har [-o tls.keylog_file:KEYS]
       wireglass tls FILE --json [-o tls.keylog_file:KEYS]
       wireglass diagram FILE [--stream N] [--tls] [-o FILE]     (wireglass diagram --help)
       wireglass run [-i INTERFACE] [-w FILE] -- COMMAND     (wireglass run --help)

Reads a capture, or captures, and prints the packets, with tshark's options.

Capture
  -i INTERFACE         name or number of -D, - for standard input, a FIFO; may be repeated
  -f FILTER            capture filter; -f -s -p -I -B -y after an -i belong to that interface
  -s BYTES, -B MIB     bytes kept of each packet; kernel buffer (default 64)
  -p, -I               not promiscuous; monitor mode
  -y TYPE              data link type, for example EN10MB
  -c N                 stop after N packets
  -a LIMIT             stop: duration:S filesize:KB files:N packets:N
  -b SWITCH            ring of files with -w: duration:S filesize:KB files:N packets:N interval:S
  -D, -L               list interfaces; data link types of the interface
  -o capture.backend:  auto, libpcap, dumpcap or cap

Input
  -r FILE              capture file (pcap, pcapng, snoop; also .gz, .zst, .lz4), or - for standard input
  -Y FILTER            only packets that this display filter selects; words after the options mean the same
  -R FILTER -2         the same, as a first of two passes
  -c N                 stop after N packets were read
  -d LAYER==KEY,PROTO  decode as, for example -d tcp.port==8888,http
  -o NAME:VALUE        preference, for example -o tls.keylog_file:KEYS or -o tcp.desegment_tcp_streams:FALSE
  -n, -N FLAGS         accepted; nothing is resolved outside the capture

Output
  -T FORMAT            text (default), tabs, fields, json, jsonraw, ek, pdml, psml
  -e FIELD             a field for -T fields, json, ek, pdml; may be repeated; _ws.col.Info and the like are columns
  -E NAME=VALUE        for -T fields: header=y|n bom=y|n separator=/t|/s|C aggregator=,|/s|C occurrence=f|l|a quote=d|s|n
  -j LIST, -J LIST     layers to open in json, ek; -J with everything below them
  --no-duplicate-keys  json: one key with an array where a field repeats
  -V, -O PROTOCOLS     tree of every packet; only these protocols opened
  -x, --hexdump HOW    bytes of every packet: all, frames, ascii, delimit, noascii
  -P                   summary line also with -V, -x or -w
  -S TEXT              line between packets
  -t FORMAT            time: r (since first), d, dd (since previous captured, displayed), a, ad, adoy, u, ud, udoy, e
  -u s|hms             form of seconds
  -l                   write after every packet
  -q, -Q               only what is asked for (-P, -V, -x, -T, -z); only errors
  -w FILE              write the selected packets (- for standard output)
  -F TYPE              file type for -w: pcapng (default), pcap, nsecpcap
  -z STATISTICS        conv,TYPE  endpoints,TYPE (tcp udp ip ipv6 eth)  io,phs  expert[,comment|chat|note|warn|error]
                       (each with an optional ,FILTER)
                       follow,tcp|udp|tls|http,ascii|hex|raw,STREAM  follow,http2,ascii|hex|raw,STREAM,SUBSTREAM
  --export-objects http,FOLDER
                       bodies of HTTP/1.x messages as files, decoded; whatever -Y selects

Other
  -G REPORT            fields, protocols, values
  -v, -h               version, this help

Exit status: 0 done; 1 wrong usage, or a capture that cannot begin; 2 a file could not be read (wholly) or written, a capture
ended by an error, or a filter is wrong.
`

/** What a wrong call points to. */
export const HINT = 'Try "wireglass --help".'
