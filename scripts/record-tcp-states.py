#!/usr/bin/env python3
"""Records real TCP connections between two network namespaces of this machine, with the kernel's own state transitions beside them.

    python3 scripts/record-tcp-states.py FOLDER [SCENARIO ...]

Needs root, /dev/net/tun and tracefs. Each scenario writes NAME.pcap (as seen at the client's interface) and NAME.truth.json, in the form that
../shared/truth/check-states.mjs reads. Frames travel through this program, which delays them by 10 ms each way and loses those that a scenario names.
"""
import ctypes
import fcntl
import heapq
import json
import os
import socket
import struct
import subprocess
import sys
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
                    if up:
                        self.packets.append((now, frame))
                    if self.lose(segment):
                        continue
                    self.number += 1
                    heapq.heappush(self.queue, (now + DELAY, self.number, up, frame))
            while self.queue and self.queue[0][0] <= time.time():
                _, _, up, frame = heapq.heappop(self.queue)
                if not up:
                    self.packets.append((time.time(), frame))
                    if self.lose_late(Segment(frame, up)):
                        continue
                try:
                    os.write(self.taps[1 if up else 0], frame)
                except OSError:
                    pass

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


# ---- scenarios
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


def simultaneous_close(net):
    def client(s):
        s.recv(10)
        time.sleep(0.2 - (time.time() % 0.1))
        s.close()
    def server(s):
        s.sendall(b'x')
        time.sleep(0.02)
        time.sleep(0.2 - (time.time() % 0.1))
        s.close()
    until(serve(server), connect(client))


def half_close(net):
    def client(s):
        s.sendall(b'request')
        s.shutdown(socket.SHUT_WR)
        drain(s)
        s.close()
    def server(s):
        drain(s)
        for _ in range(4):
            s.sendall(b'y' * 3000)
            time.sleep(0.06)
        s.close()
    until(serve(server), connect(client))


def linger_zero(net):
    def client(s):
        s.sendall(b'hello')
        time.sleep(0.08)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
        s.close()
    until(serve(lambda s: (s.recv(10), s.recv(10), s.close())), connect(client))


def close_unread(net):
    def server(s):
        time.sleep(0.1)
        s.close()
    def client(s):
        s.sendall(b'you will not read this')
        time.sleep(0.3)
        s.close()
    until(serve(server), connect(client))


def data_after_close(net):
    """The server closes; the client writes on and is reset."""
    def server(s):
        s.recv(10)
        s.close()
    def client(s):
        s.sendall(b'a')
        time.sleep(0.15)
        s.sendall(b'b')
        time.sleep(0.15)
        s.close()
    until(serve(server), connect(client))


def lost_syn_ack(net):
    net.lose = times(1, lambda s: not s.up and s.flags & (SYN | ACK) == SYN | ACK)
    until(serve(talk_server), connect(talk_client))


def lost_syn_ack_behind(net):
    net.lose_late = times(1, lambda s: s.flags & (SYN | ACK) == SYN | ACK)
    until(serve(talk_server), connect(talk_client))


def lost_handshake_ack(net):
    net.lose = times(1, lambda s: s.up and s.flags == ACK and s.length == 0)
    until(serve(talk_server), connect(talk_client))


def lost_handshake_ack_silent(net):
    net.lose = times(1, lambda s: s.up and s.flags == ACK and s.length == 0)
    def client(s):
        time.sleep(1.6)
        s.close()
    until(serve(lambda s: (drain(s), s.close())), connect(client))


def lost_last_ack(net):
    seen = []
    def last(s):
        if not s.up and s.flags & FIN:
            seen.append(1)
        return s.up and len(seen) > 0 and s.flags == ACK
    net.lose = times(1, last)
    until(serve(talk_server), connect(talk_client))


def lost_fin_ack(net):
    """The acknowledgment of the client's FIN is lost before it is captured, and so is the server's FIN."""
    seen = []
    def late(s):
        if s.up and s.flags & FIN:
            seen.append(1)
        return not s.up and len(seen) > 0
    net.lose = times(1, late)
    until(serve(lambda s: talk_server(s, 0.5)), connect(talk_client))


def lost_server_fin(net):
    net.lose = times(2, lambda s: not s.up and bool(s.flags & FIN))
    until(serve(talk_server), connect(talk_client))


def lost_fin_twice(net):
    net.lose = times(2, lambda s: s.up and bool(s.flags & FIN))
    until(serve(talk_server), connect(talk_client))


def lost_data_before_fin(net):
    net.lose = times(1, lambda s: s.up and s.length > 500)
    def client(s):
        s.sendall(b'q' * 1000)
        s.shutdown(socket.SHUT_WR)
        drain(s)
        s.close()
    until(serve(lambda s: (drain(s), s.sendall(b'done'), s.close())), connect(client))


def reset_lost(net):
    net.lose = times(1, lambda s: s.up and bool(s.flags & RST))
    def client(s):
        s.sendall(b'a')
        time.sleep(0.1)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
        s.close()
    def server(s):
        s.recv(10)
        time.sleep(0.4)
        s.sendall(b'are you there?')
        s.recv(10)
        s.close()
    until(serve(server), connect(client))


def reset_syn_received(net):
    """The client's connect is given up with a reset before the server's answer is acknowledged: its ACK is lost, then it resets."""
    net.lose = times(1, lambda s: s.up and s.flags == ACK)
    def client(s):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
        time.sleep(0.1)
        s.close()
    server = serve(lambda s: s.close())
    until(connect(client), limit=3)


def overflow(net):
    """The listener accepts nobody and its queue is full."""
    ready = threading.Event()
    def body():
        s = listen(backlog=0)
        ready.set()
        time.sleep(5)
        s.close()
    server = within('wgs', body)
    ready.wait()
    def client(s):
        s.sendall(b'x')
        time.sleep(4.2)
        s.close()
    threads = []
    for _ in range(2):
        threads.append(connect(client))
        time.sleep(0.1)
    until(*threads, server)


def fast_open(net):
    def client():
        for text in (b'first', b'second'):
            s = socket.socket()
            s.settimeout(5)
            s.sendto(text, socket.MSG_FASTOPEN, (SERVER, 80))
            drain(s)
            s.close()
            time.sleep(0.1)
    ready = threading.Event()
    def server():
        s = listen(set={(socket.IPPROTO_TCP, socket.TCP_FASTOPEN): 5})
        ready.set()
        for _ in range(2):
            c = s.accept()[0]
            c.recv(100)
            c.sendall(b'answer')
            c.close()
    server_thread = within('wgs', server)
    ready.wait()
    until(server_thread, within('wgc', client))


def keep_alive_death(net):
    def client(s):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2)
        s.sendall(b'a')
        time.sleep(0.2)
        net.lose = lambda segment: segment.tcp
        time.sleep(5)
        s.close()
    until(serve(lambda s: (s.recv(10), time.sleep(6))), connect(client))


def port_reuse(net):
    """The same two ports twice: the second connection replaces the first's TIME-WAIT."""
    net.sysctl('wgc', 'net.ipv4.tcp_tw_reuse', '1')
    def client():
        for _ in range(2):
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((CLIENT, 40000))
            s.connect((SERVER, 80))
            s.sendall(b'again')
            drain(s)
            s.close()
            time.sleep(1.2)
    ready = threading.Event()
    def server():
        s = listen()
        ready.set()
        for _ in range(2):
            c = s.accept()[0]
            c.recv(10)
            c.close()
    thread = within('wgs', server)
    ready.wait()
    until(thread, within('wgc', client))


def ipv6(net):
    address = (SERVER6, 80)
    until(serve(talk_server, address=address), connect(talk_client, address=address))


def refused_ipv6(net):
    until(connect(talk_client, address=(SERVER6, 81)))


def server_window(net):
    """A reader that is slow at first: the client's FIN waits behind its data."""
    def server(s):
        time.sleep(0.6)
        drain(s)
        s.close()
    def client(s):
        s.sendall(b'z' * 60000)
        s.close()
    until(serve(server, set={(socket.SOL_SOCKET, socket.SO_RCVBUF): 8000}), connect(client))


def bulk(net):
    """A long answer over a lossy way, closed as soon as it is written."""
    import random
    random.seed(7)
    net.lose = lambda s: s.tcp and not s.up and s.length > 0 and random.random() < 0.02
    def server(s):
        s.recv(10)
        s.sendall(b'd' * 300000)
        s.close()
    def client(s):
        s.sendall(b'go')
        drain(s)
        s.close()
    until(serve(server), connect(client))


def reset_close_wait(net):
    """The client closes; the server, in CLOSE-WAIT, resets."""
    def server(s):
        drain(s)
        time.sleep(0.1)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
        s.close()
    def client(s):
        s.sendall(b'a')
        s.shutdown(socket.SHUT_WR)
        drain(s)
        s.close()
    until(serve(server), connect(client))


def reset_fin_wait(net):
    """The client resets after its own FIN was acknowledged."""
    def client(s):
        s.sendall(b'a')
        s.shutdown(socket.SHUT_WR)
        time.sleep(0.15)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
        s.close()
    def server(s):
        drain(s)
        time.sleep(0.5)
        s.close()
    until(serve(server), connect(client))


def server_first(net):
    """The server greets and closes at once; the client answers later."""
    def client(s):
        drain(s)
        time.sleep(0.01)
        s.close()
    def server(s):
        s.sendall(b'220 go away\r\n')
        s.close()
    until(serve(server), connect(client))


SCENARIOS = [simultaneous_close, half_close, linger_zero, close_unread, data_after_close, lost_syn_ack, lost_syn_ack_behind, lost_handshake_ack,
             lost_handshake_ack_silent, lost_last_ack, lost_fin_ack, lost_server_fin, lost_fin_twice, lost_data_before_fin, reset_lost,
             reset_syn_received, overflow, fast_open, keep_alive_death, port_reuse, ipv6, refused_ipv6, server_window, bulk, reset_close_wait,
             reset_fin_wait, server_first]


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for scenario in SCENARIOS:
        name = scenario.__name__.replace('_', '-')
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        net, kernel = Network(), Kernel()
        scenario(net)
        transitions = kernel.transitions()
        net.close()
        with open(f'{folder}/{name}.pcap', 'wb') as out:
            out.write(struct.pack('<IHHiIII', 0xa1b23c4d, 2, 4, 0, 0, 262144, 1))
            for at, frame in net.packets:
                out.write(struct.pack('<IIII', int(at), int(at % 1 * 1e9), len(frame), len(frame)) + frame)
        with open(f'{folder}/{name}.truth.json', 'w') as out:
            json.dump({'scenario': name, 'one_way_delay_s': DELAY, 'capture_point': CLIENT, 'transitions': transitions}, out, indent=1)
        print(name, len(net.packets), 'packets', len(transitions), 'transitions')


main()
