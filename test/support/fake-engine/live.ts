// Live capture of the fake engine: interfaces to look at, and a machine on which capturing is not permitted.
import { TraceError } from '../../../src/shared/errors'
import type { ServiceMethods } from '../../../src/shared/rpc/dispatcher'

type LiveMethods = Pick<ServiceMethods, Extract<keyof ServiceMethods, `live.${string}`>>

const start = Date.now()

/** The methods. */
export function fakeLive(): LiveMethods {
  const refused = (): never => {
    throw new TraceError('live/permission', 'You do not have permission to capture on eth0.')
  }
  return {
    'live.interfaces': () => ({
      interfaces: [
        fakeInterface('eth0', ['10.77.0.1', 'fe80::cc2e:c8ff:fec1:5d04']),
        { ...fakeInterface('wlan0', ['192.168.1.24']), wireless: true },
        { ...fakeInterface('lo', ['127.0.0.1', '::1']), loopback: true, connected: null },
        { ...fakeInterface('docker0', []), up: false, connected: false },
      ],
    }),
    'live.counters': () => {
      const seconds = (Date.now() - start) / 1000
      return { packets: { eth0: Math.round(80 * seconds + 60 * Math.sin(seconds)), wlan0: Math.round(30 * seconds), lo: 6, docker0: 0 } }
    },
    'live.linkTypes': () => ({ linkTypes: [{ name: 'EN10MB', description: 'Ethernet' }] }),
    'live.checkFilter': ({ filter }) => ({ problem: filter.includes('.port') ? 'syntax error' : null }),
    'live.diagnose': () => ({
      permitted: false,
      backends: [
        {
          name: 'libpcap',
          version: '1.10.3',
          permitted: false,
          problem: { code: 'live/permission', message: 'You do not have permission to capture on lo.', details: 'Operation not permitted' },
        },
      ],
      remedies: [
        { id: 'helper-capability', commands: ['sudo setcap cap_net_raw,cap_net_admin+ep /usr/local/lib/wireglass/wireglass-capture'] },
      ],
    }),
    'live.start': refused,
    'live.stop': refused,
    'live.restart': refused,
    'live.state': () => ({ live: null }),
    'live.spools': () => ({ spools: [] }),
    'live.recover': refused,
    'live.discard': () => ({}),
  }
}

function fakeInterface(name: string, addresses: string[]) {
  return { name, description: '', addresses, loopback: false, wireless: false, up: true, connected: true }
}
