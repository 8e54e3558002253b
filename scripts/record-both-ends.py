#!/usr/bin/env python3
"""Records the same TCP connection at both of its ends, with what the network between them did to each packet beside it.

    python3 scripts/record-both-ends.py FOLDER [SCENARIO ...]

Needs root, /dev/net/tun and tcpdump. Each scenario writes NAME.client.pcap and NAME.server.pcap (tcpdump in each of two network namespaces; the second
file's times are moved as if its machine had another clock) and NAME.truth.json: what was done to every packet, and the kernels' counters. Packets
travel through this program, which delays, loses, repeats and rewrites them; random numbers have a fixed seed, the kernel's timing has not.
"""
import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

CLIENT, SERVER, OUTSIDE, BEHIND = '10.78.0.1', '10.78.0.2', '203.0.113.7', '10.79.0.1'
PORT = 8080
SNAP = 128
libc = ctypes.CDLL(None, use_errno=True)


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def within(namespace, work):
    """Starts work() in a thread that lives in a namespace."""
    def body():
        with open(f'/run/netns/{namespace}') as handle:
            if libc.setns(handle.fileno(), 0):
                raise OSError(ctypes.get_errno(), 'setns')
        work()
    thread = threading.Thread(target=body, daemon=True)
    thread.start()
    return thread


def checksum(data):
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack(f'>{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


class Packet:
    """An Ethernet frame with IPv4 and TCP, to be read and rewritten."""
    def __init__(self, frame):
        self.frame = bytearray(frame)
        self.tcp = frame[12:14] == b'\x08\x00' and frame[23] == 6
        if self.tcp:
            self.at = 14 + (frame[14] & 15) * 4
            self.end = 14 + struct.unpack('>H', frame[16:18])[0]

    def get(self, form, at):
        return struct.unpack_from('>' + form, self.frame, at)[0]

    def put(self, form, at, value):
        struct.pack_into('>' + form, self.frame, at, value)

    def option(self, kind):
        """Place of an option, or -1."""
        at, end = self.at + 20, self.at + (self.frame[self.at + 12] >> 4) * 4
        while at < end and self.frame[at] != 0:
            if self.frame[at] == kind:
                return at
            at += 1 if self.frame[at] == 1 else max(2, self.frame[at + 1])
        return -1

    def facts(self):
        stamp = self.option(8)
        return {'seq': self.get('I', self.at + 4), 'ack': self.get('I', self.at + 8), 'flags': self.frame[self.at + 13] & 0x3f,
                'len': self.end - self.at - (self.frame[self.at + 12] >> 4) * 4, 'id': self.get('H', 18),
                'tsval': self.get('I', stamp + 2) if stamp >= 0 else None}

    def sums(self):
        """Header checksums after a rewrite."""
        self.put('H', 24, 0)
        self.put('H', 24, checksum(bytes(self.frame[14:self.at])))
        self.put('H', self.at + 16, 0)
        segment = bytes(self.frame[self.at:self.end])
        pseudo = bytes(self.frame[26:34]) + struct.pack('>HH', 6, len(segment))
        self.put('H', self.at + 16, checksum(pseudo + segment))


class Network:
    """Two namespaces with a tap device each; a scenario's act(packet, up) says after which delays its copies arrive: none of them = lost."""
    def __init__(self, act, routed):
        self.act, self.routed = act, routed
        self.log, self.queue, self.number, self.running = [], [], 0, True
        self.taps = []
        self.names = ['bec', 'bes', *(['ber'] if routed else [])]
        for name in self.names:
            subprocess.run(['ip', 'netns', 'del', name], stderr=subprocess.DEVNULL)
            run('ip', 'netns', 'add', name)
            run('ip', '-n', name, 'link', 'set', 'lo', 'up')
        self.tap('ber' if routed else 'bec', '02:00:00:00:01:01', '10.78.0.254/24' if routed else CLIENT + '/24')
        self.tap('bes', '02:00:00:00:01:02', SERVER + '/24')
        run('ip', '-n', 'bes', 'route', 'add', '203.0.113.0/24', 'dev', 'tap0')
        run('ip', '-n', 'bes', 'neigh', 'add', OUTSIDE, 'lladdr', '02:00:00:00:01:01', 'dev', 'tap0')
        self.device = 'tap0'
        if routed:
            self.device = 'c0'
            run('ip', '-n', 'bec', 'link', 'add', 'c0', 'type', 'veth', 'peer', 'name', 'r0', 'netns', 'ber')
            run('ip', '-n', 'bec', 'addr', 'add', BEHIND + '/24', 'dev', 'c0')
            run('ip', '-n', 'ber', 'addr', 'add', '10.79.0.254/24', 'dev', 'r0')
            run('ip', '-n', 'bec', 'link', 'set', 'c0', 'up')
            run('ip', '-n', 'ber', 'link', 'set', 'r0', 'up')
            run('ip', '-n', 'bec', 'route', 'add', 'default', 'via', '10.79.0.254')
            run('ip', '-n', 'bes', 'route', 'add', 'default', 'via', '10.78.0.254')
            self.sysctl('ber', 'net.ipv4.ip_forward', '1')
        self.thread = threading.Thread(target=self.loop, daemon=True)
        self.thread.start()

    def tap(self, namespace, mac, address):
        opened = []
        def make():
            fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(fd, 0x400454ca, struct.pack('16sH22x', b'tap0', 0x0002 | 0x1000))
            opened.append(fd)
        within(namespace, make).join()
        self.taps.append(opened[0])
        run('ip', '-n', namespace, 'link', 'set', 'tap0', 'address', mac)
        run('ip', '-n', namespace, 'link', 'set', 'tap0', 'up')
        run('ip', '-n', namespace, 'addr', 'add', address, 'dev', 'tap0')

    def sysctl(self, namespace, name, value):
        run('ip', 'netns', 'exec', namespace, 'sysctl', '-qw', f'{name}={value}')

    def loop(self):
        while self.running:
            wait = max(0.0, min(0.05, self.queue[0][0] - time.time())) if self.queue else 0.05
            ready, _, _ = select.select(self.taps, [], [], wait)
            for fd in ready:
                self.take(fd)
            while self.queue and self.queue[0][0] <= time.time():
                _, _, target, frame, entry = heapq.heappop(self.queue)
                if entry is not None:
                    entry['out'].append(round(time.time(), 6))
                try:
                    os.write(target, frame)
                except OSError:
                    pass  # a device that goes down at the end

    def take(self, fd):
        up = fd == self.taps[0]
        while True:
            try:
                frame = os.read(fd, 65536)
            except BlockingIOError:
                return
            now, packet, entry = time.time(), Packet(frame), None
            delays = [0.001]
            if packet.tcp:
                entry = {'from': 'client' if up else 'server', **packet.facts(), 'in': round(now, 6), 'out': []}
                delays = self.act(packet, up)
                self.log.append(entry)
            for delay in delays:
                self.number += 1
                heapq.heappush(self.queue, (now + delay, self.number, self.taps[1 if up else 0], bytes(packet.frame), entry))

    def counters(self):
        found = {}
        for name, side in (('bec', 'client'), ('bes', 'server')):
            text = subprocess.run(['ip', 'netns', 'exec', name, 'cat', '/proc/net/snmp', '/proc/net/netstat'], capture_output=True, text=True).stdout
            lines = text.splitlines()
            values = {}
            for head, row in zip(lines[::2], lines[1::2]):
                group = head.split(':')[0]
                values.update({f'{group}.{key}': int(value) for key, value in zip(head.split()[1:], row.split()[1:])})
            found[side] = {key: values[key] for key in ('Tcp.InSegs', 'Tcp.OutSegs', 'Tcp.RetransSegs', 'TcpExt.TCPLostRetransmit', 'TcpExt.TCPTimeouts',
                                                        'TcpExt.TCPDSACKRecv', 'TcpExt.TCPOFOQueue') if key in values}
        return found

    def close(self):
        self.running = False
        self.thread.join()
        for fd in self.taps:
            os.close(fd)
        for name in self.names:
            run('ip', 'netns', 'del', name)


def move_times(path, ahead, drift):
    """Rewrites a file's times as another clock would have given them: `ahead` seconds ahead at the first packet, `drift` parts per million fast."""
    with open(path, 'rb') as handle:
        data = bytearray(handle.read())
    at, first = 24, None
    while at < len(data):
        seconds, fraction, captured, _ = struct.unpack_from('<IIII', data, at)
        value = seconds * 10**9 + fraction
        first = value if first is None else first
        moved = value + round(ahead * 1e9) + round((value - first) * drift / 1e6)
        struct.pack_into('<II', data, at, moved // 10**9, moved % 10**9)
        at += 16 + captured
    with open(path, 'wb') as handle:
        handle.write(data)


def upload(size, answer=b'thank you'):
    def client(s):
        s.sendall(b'u' * size)
        s.shutdown(socket.SHUT_WR)
        while s.recv(65536):
            pass
        s.close()
    def server(s):
        while s.recv(65536):
            pass
        s.sendall(answer)
        s.close()
    return client, server


def dialogue(rounds, wait):
    def client(s):
        for _ in range(rounds):
            s.sendall(b'question')
            s.recv(100)
            time.sleep(wait)
        s.close()
    def server(s):
        while s.recv(100):
            s.sendall(b'the answer')
        s.close()
    return client, server


def losing(share, there, back, chance):
    def act(packet, up):
        if packet.facts()['flags'] & 2 == 0 and chance.random() < share:
            return []
        return [there if up else back]
    return act


def disorder(chance):
    """Some packets wait 25 ms longer, so that others overtake them; a few arrive twice."""
    def act(packet, up):
        if packet.facts()['flags'] & 2:
            return [0.010]
        dice = chance.random()
        return [0.035] if dice < 0.06 else [0.010, 0.012] if dice < 0.09 else [0.010]
    return act


def firewall(chance):
    """A gateway: another address and port, other initial numbers, a smaller MSS, three hops."""
    ports, shift = {}, (0x1234567, 0x7654321)
    def act(packet, up):
        if up:
            ports[40123] = packet.get('H', packet.at)
            packet.frame[26:30] = socket.inet_aton(OUTSIDE)
            packet.put('H', packet.at, 40123)
        else:
            packet.frame[30:34] = socket.inet_aton(CLIENT)
            packet.put('H', packet.at + 2, ports.get(40123, 0))
        own, other = shift if up else shift[::-1]
        if up:
            packet.put('I', packet.at + 4, (packet.get('I', packet.at + 4) + own) & 0xffffffff)
        elif packet.facts()['flags'] & 16:
            packet.put('I', packet.at + 8, (packet.get('I', packet.at + 8) - other) & 0xffffffff)
        packet.frame[22] -= 3
        mss = packet.option(2)
        if mss >= 0:
            packet.put('H', mss + 2, min(1360, packet.get('H', mss + 2)))
        packet.sums()
        return [0.008 + chance.random() * 0.001]
    return act


def steady(there, back, chance, jitter=0.0):
    return lambda packet, up: [(there if up else back) + chance.random() * jitter]


# name: (work, act, server's clock ahead in s, its drift in ppm, client behind a router that splits what offloading left whole)
SCENARIOS = {
    'loss': (lambda: upload(200_000), lambda c: losing(0.04, 0.02, 0.02, c), 3.7, 0, False),
    'disorder': (lambda: upload(150_000), disorder, -0.25, 0, False),
    'gateway': (lambda: upload(60_000), firewall, 7200.5, 0, False),
    'offload': (lambda: upload(400_000), lambda c: losing(0.02, 0.01, 0.01, c), 0.9, 0, True),
    'drift': (lambda: dialogue(80, 0.25), lambda c: steady(0.005, 0.005, c, 0.001), -1.5, 120, False),
    'uneven': (lambda: dialogue(12, 0.02), lambda c: steady(0.030, 0.004, c), 0.05, 0, False),
}


def record(folder, name):
    work, act, ahead, drift, routed = SCENARIOS[name]
    chance = random.Random(name)
    net = Network(act(chance), routed)
    net.sysctl('bec', 'net.ipv4.tcp_sack', '0' if name == 'gateway' else '1')
    files = {side: os.path.join(folder, f'{name}.{side}.pcap') for side in ('client', 'server')}
    tools = [subprocess.Popen(['ip', 'netns', 'exec', namespace, 'tcpdump', '-i', device, '-s', str(SNAP), '-U', '--immediate-mode',
                               '--time-stamp-precision=nano', '-Z', 'root', '-w', files[side], 'tcp'], stderr=subprocess.DEVNULL)
             for namespace, device, side in (('bec', net.device, 'client'), ('bes', 'tap0', 'server'))]
    time.sleep(1.0)
    client, server = work()
    ready = threading.Event()
    def serve():
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((SERVER, PORT))
        s.listen(4)
        ready.set()
        server(s.accept()[0])
    def connect():
        s = socket.socket()
        s.connect((SERVER, PORT))
        client(s)
    threads = [within('bes', serve)]
    ready.wait()
    threads.append(within('bec', connect))
    for thread in threads:
        thread.join(60)
    time.sleep(1.0)
    for tool in tools:
        tool.send_signal(signal.SIGINT)
        tool.wait()
    counters = net.counters()
    net.close()
    move_times(files['server'], ahead, drift)
    with open(os.path.join(folder, f'{name}.truth.json'), 'w') as handle:
        rows = ',\n'.join('  ' + json.dumps(entry) for entry in net.log)
        head = json.dumps({'serverAhead': ahead, 'serverDriftPpm': drift, 'kernel': counters})
        handle.write(f'{head[:-1]}, "packets": [\n{rows}\n]}}\n')
    lost = sum(not entry['out'] for entry in net.log)
    print(f'{name}: {len(net.log)} packets, {lost} lost')


if __name__ == '__main__':
    target = sys.argv[1]
    os.makedirs(target, exist_ok=True)
    for scenario in sys.argv[2:] or SCENARIOS:
        record(target, scenario)
