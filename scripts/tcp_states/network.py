"""Two network namespaces joined by this program, the kernel's own states, and what scenarios are made of."""
import ctypes
import fcntl
import heapq
import os
import socket
import struct
import subprocess
import threading
import time

DELAY = 0.010
CLIENT, SERVER = '10.77.0.1', '10.77.0.2'
CLIENT6, SERVER6 = 'fd77::1', 'fd77::2'
TRACE = '/sys/kernel/tracing/instances/wireglass'
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
LINGER0 = struct.pack('ii', 1, 0)
libc = ctypes.CDLL(None, use_errno=True)


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def enter(namespace):
    with open(f'/run/netns/{namespace}') as handle:
        if libc.setns(handle.fileno(), 0):
            raise OSError(ctypes.get_errno(), 'setns')


def within(namespace, work):
    """Starts work() in a thread that lives in a namespace."""
    def body():
        enter(namespace)
        try:
            work()
        except OSError:
            pass  # what the other side does to the connection is the scenario
    thread = threading.Thread(target=body, daemon=True)
    thread.start()
    return thread


class Segment:
    """What a scenario may ask of a frame."""
    def __init__(self, frame, up):
        self.up = up
        self.flags = 0
        self.length = 0
        self.tcp = False
        if frame[12:14] == b'\x08\x00' and frame[23] == 6:
            at, total = 14 + (frame[14] & 15) * 4, 14 + struct.unpack('>H', frame[16:18])[0]
        elif frame[12:14] == b'\x86\xdd' and frame[20] == 6:
            at, total = 54, 54 + struct.unpack('>H', frame[18:20])[0]
        else:
            return
        self.tcp = True
        self.flags = frame[at + 13] & 0x3f
        self.length = total - at - (frame[at + 12] >> 4) * 4


class Network:
    def __init__(self):
        self.taps = []
        for namespace, mac, addresses in (('wgc', '02:00:00:00:00:01', (CLIENT + '/24', CLIENT6 + '/64')),
                                          ('wgs', '02:00:00:00:00:02', (SERVER + '/24', SERVER6 + '/64'))):
            subprocess.run(['ip', 'netns', 'del', namespace], stderr=subprocess.DEVNULL)
            run('ip', 'netns', 'add', namespace)
            opened = []
            def tap():
                fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
                fcntl.ioctl(fd, 0x400454ca, struct.pack('16sH22x', b'tap0', 0x0002 | 0x1000))
                opened.append(fd)
            within(namespace, tap).join()
            self.taps.append(opened[0])
            base = ['ip', '-n', namespace]
            run(*base, 'link', 'set', 'tap0', 'address', mac)
            run(*base, 'link', 'set', 'lo', 'up')
            run(*base, 'link', 'set', 'tap0', 'up')
            for address in addresses:
                run(*base, 'addr', 'add', address, 'dev', 'tap0', *(['nodad'] if ':' in address else []))
        self.sysctl('wgs', 'net.ipv4.tcp_fastopen', '3')
        self.lose = lambda segment: False
        self.lose_late = lambda segment: False
        self.keep = lambda now, segment: True
        self.reshape = lambda frame, up: [(DELAY, frame)]
        self.at_server = False
        self.packets = []
        self.queue = []
        self.number = 0
        self.running = True
        self.thread = threading.Thread(target=self.loop, daemon=True)
        self.thread.start()

    def sysctl(self, namespace, name, value):
        run('ip', 'netns', 'exec', namespace, 'sysctl', '-qw', f'{name}={value}')

    def loop(self):
        import select
        while self.running:
            now = time.time()
            wait = max(0.0, min(0.05, self.queue[0][0] - now)) if self.queue else 0.05
            ready, _, _ = select.select(self.taps, [], [], wait)
            for fd in ready:
                while True:
                    try:
                        frame = os.read(fd, 65536)
                    except BlockingIOError:
                        break
                    up = fd == self.taps[0]
                    now = time.time()
                    segment = Segment(frame, up)
                    if up is not self.at_server:
                        self.capture(frame, up)
                    if self.lose(segment):
                        continue
                    for delay, piece in self.reshape(frame, up):
                        self.number += 1
                        heapq.heappush(self.queue, (now + delay, self.number, up, piece))
            while self.queue and self.queue[0][0] <= time.time():
                _, _, up, frame = heapq.heappop(self.queue)
                if up is self.at_server:
                    self.capture(frame, up)
                if not up and self.lose_late(Segment(frame, up)):
                    continue
                try:
                    os.write(self.taps[1 if up else 0], frame)
                except OSError:
                    pass

    def capture(self, frame, up):
        now = time.time()
        if self.keep(now, Segment(frame, up)):
            self.packets.append((now, frame))

    def close(self):
        self.running = False
        self.thread.join()
        for fd in self.taps:
            os.close(fd)
        for namespace in ('wgc', 'wgs'):
            run('ip', 'netns', 'del', namespace)


class Kernel:
    """inet_sock_set_state of every socket with one of our addresses."""
    NAMES = {'TCP_ESTABLISHED': 'ESTABLISHED', 'TCP_SYN_SENT': 'SYN-SENT', 'TCP_SYN_RECV': 'SYN-RECEIVED', 'TCP_FIN_WAIT1': 'FIN-WAIT-1',
             'TCP_FIN_WAIT2': 'FIN-WAIT-2', 'TCP_TIME_WAIT': 'TIME-WAIT', 'TCP_CLOSE': 'CLOSED', 'TCP_CLOSE_WAIT': 'CLOSE-WAIT',
             'TCP_LAST_ACK': 'LAST-ACK', 'TCP_LISTEN': 'LISTEN', 'TCP_CLOSING': 'CLOSING', 'TCP_NEW_SYN_RECV': 'SYN-RECEIVED'}

    def __init__(self):
        if not os.path.isdir('/sys/kernel/tracing/instances'):
            run('mount', '-t', 'tracefs', 'nodev', '/sys/kernel/tracing')
        os.makedirs(TRACE, exist_ok=True)
        self.write('trace_clock', 'mono')
        self.write('events/sock/inet_sock_set_state/enable', '1')
        self.write('trace', '')
        self.offset = time.clock_gettime(time.CLOCK_REALTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)

    def write(self, name, text):
        with open(f'{TRACE}/{name}', 'w') as handle:
            handle.write(text)

    def transitions(self):
        self.write('events/sock/inet_sock_set_state/enable', '0')
        found = []
        with open(f'{TRACE}/trace') as handle:
            for line in handle:
                if 'inet_sock_set_state:' not in line:
                    continue
                head, _, rest = line.partition(': inet_sock_set_state: ')
                values = dict(word.split('=', 1) for word in rest.split() if '=' in word)
                six = values['family'] == 'AF_INET6'
                source, target = (values['saddrv6'], values['daddrv6']) if six else (values['saddr'], values['daddr'])
                if source not in (CLIENT, SERVER, CLIENT6, SERVER6):
                    continue
                name = lambda address, port: f'[{address}]:{port}' if six else f'{address}:{port}'
                found.append({'time': round(float(head.split()[-1]) + self.offset, 6), 'endpoint': name(source, values['sport']),
                              'peer': name(target, values['dport']), 'from': self.NAMES[values['oldstate']], 'to': self.NAMES[values['newstate']]})
        found = [one for one in found if one['to'] != 'LISTEN' and one['from'] != 'LISTEN' or one['to'] == 'SYN-RECEIVED']
        return sorted(found, key=lambda one: one['time'])


def listen(address=(SERVER, 80), backlog=8, **options):
    family = socket.AF_INET6 if ':' in address[0] else socket.AF_INET
    s = socket.socket(family)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    for (level, name), value in options.get('set', {}).items():
        s.setsockopt(level, name, value)
    s.bind(address)
    s.listen(backlog)
    return s


def serve(work, **options):
    """Accepts one connection in the server's namespace and hands it to work()."""
    ready = threading.Event()
    def body():
        s = listen(**options)
        ready.set()
        work(s.accept()[0])
    thread = within('wgs', body)
    ready.wait()
    return thread


def connect(work, address=(SERVER, 80), timeout=8):
    def body():
        s = socket.socket(socket.AF_INET6 if ':' in address[0] else socket.AF_INET)
        s.settimeout(timeout)
        s.connect(address)
        work(s)
    return within('wgc', body)


def drain(s):
    while s.recv(65536):
        pass


def times(count, wanted):
    """Loses the first `count` frames that `wanted` picks."""
    left = [count]
    def lose(segment):
        if segment.tcp and left[0] > 0 and wanted(segment):
            left[0] -= 1
            return True
        return False
    return lose


def until(*threads, limit=9):
    end = time.time() + limit
    for thread in threads:
        thread.join(max(0, end - time.time()))
    time.sleep(0.3)


def talk_client(s, wait=0.05):
    s.sendall(b'hello')
    s.recv(100)
    time.sleep(wait)
    s.close()


def talk_server(s, wait=0.05):
    s.recv(100)
    s.sendall(b'world')
    drain(s)
    time.sleep(wait)
    s.close()
