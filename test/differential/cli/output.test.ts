// Holds the printed forms against the installed tshark, on captures of which every protocol is dissected here.
import { describe, expect, it } from 'vitest'
import { commandLine, sample } from '../../support/command-line'
import { NO_TSHARK, tshark, tsharkVersion } from '../../support/tshark'

const FILES = [
  'tcp-client-closes.pcapng',
  'tcp-client-reset.pcapng',
  'tcp-lost-syn.pcapng',
  'tcp-refused.pcapng',
  'tcp-three-segment-close.pcapng',
  'dns-resolver.pcapng',
]
const FORMS: readonly (readonly string[])[] = [
  [],
  ['-t', 'ad'],
  ['-t', 'adoy'],
  ['-t', 'dd'],
  ['-t', 'e'],
  ['-t', 'ud'],
  ['-u', 'hms'],
  ['-T', 'tabs'],
  ['-x'],
  ['-P', '-x'],
  ['-S', '----', '-x'],
  ['-T', 'json', '-e', 'frame.number', '-e', 'tcp.port', '-e', 'dns.qry.name'],
  ['-T', 'ek', '-e', 'ip.addr', '-e', 'tcp.flags.syn'],
  [
    '-T',
    'fields',
    '-e',
    'ip.addr',
    '-e',
    'tcp.flags',
    '-e',
    'dns.qry.name',
    '-e',
    '_ws.col.Protocol',
    '-e',
    '_ws.col.Info',
    '-E',
    'header=y',
    '-E',
    'quote=d',
  ],
  ['-T', 'fields', '-e', 'ip.addr', '-e', 'eth.addr', '-E', 'occurrence=l', '-E', 'separator=/s', '-E', 'bom=y'],
  ['-q'],
  ['-q', '-P'],
  ['-q', '-T', 'fields', '-e', 'frame.number'],
  ['-q', '-z', 'conv,tcp'],
  ['-q', '-z', 'conv,udp'],
  ['-q', '-z', 'conv,ip'],
  ['-q', '-z', 'conv,eth'],
  ['-q', '-z', 'conv,udp,udp.srcport == 53'],
  ['-2', '-T', 'fields', '-e', 'frame.number', '-e', 'dns.response_in'],
  ['-Y', 'frame.number > 3', '-t', 'dd'],
  ['tcp', 'or', 'udp'],
]

/** Trees whole, on a capture whose every row is worded as tshark words it. */
const TREE_FILES = ['tcp-refused.pcapng']
const TREE_FORMS: readonly (readonly string[])[] = [
  ['-V'],
  ['-V', '-x', '-S', '----'],
  ['-O', 'ip,tcp'],
  ['-T', 'json'],
  ['-T', 'ek'],
  ['-T', 'json', '--no-duplicate-keys'],
  ['-T', 'json', '-j', 'ip tcp'],
  ['-T', 'json', '-J', 'tcp'],
]

/** tshark puts in each conversation table the order of equal counts by chance. */
const sorted = (args: readonly string[], lines: string[]) => (args.includes('-z') ? lines.sort() : lines)

describe.skipIf(tsharkVersion === undefined)(
  `output of every form and tshark's${tsharkVersion === undefined ? ` (${NO_TSHARK})` : ''}`,
  () => {
    const forms = [...FORMS.map((args) => ({ args, files: FILES })), ...TREE_FORMS.map((args) => ({ args, files: TREE_FILES }))]
    it.each(forms.map(({ args, files }) => [args.join(' ') || '(default)', args, files] as const))('%s', async (_name, args, files) => {
      for (const file of files) {
        const all = ['-n', '-r', sample(file), ...args],
          ours = await commandLine(...all),
          theirs = tshark(all)
        expect(sorted(args, ours.stdout.split('\n'))).toEqual(sorted(args, theirs.stdout.split('\n')))
      }
    })
  },
)
