"""What the way does to data, and where it is seen."""
import random
import socket
import struct
import time

from .network import ACK, DELAY, FIN, SERVER6, connect, drain, serve, talk_client, talk_server, times, until


def answer_many(net, count, size, **options):
    def server(s):
        s.recv(10)
        for _ in range(count):
            s.sendall(b'd' * size)
        s.close()
    def client(s):
        s.sendall(b'go')
        drain(s)
        s.close()
    until(serve(server, **options), connect(client))


def bulk(net):
    """A long answer over a lossy way, closed as soon as it is written."""
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


def upload(net):
    random.seed(11)
    net.lose = lambda s: s.tcp and s.length > 0 and s.up and random.random() < 0.03
    def client(s):
        s.sendall(b'u' * 250000)
        s.shutdown(socket.SHUT_WR)
        s.recv(10)
        s.close()
    until(serve(lambda s: (drain(s), s.sendall(b'thanks'), s.close())), connect(client))


def no_window_scaling(net):
    for namespace in ('wgc', 'wgs'):
        net.sysctl(namespace, 'net.ipv4.tcp_window_scaling', '0')
    answer_many(net, 6, 40000)


def no_options(net):
    """Neither time stamps nor SACK nor scaling."""
    for namespace in ('wgc', 'wgs'):
        for name in ('window_scaling', 'timestamps', 'sack'):
            net.sysctl(namespace, f'net.ipv4.tcp_{name}', '0')
    net.lose = times(2, lambda s: not s.up and s.length > 0)
    answer_many(net, 3, 20000)


def urgent(net):
    def client(s):
        s.sendall(b'hello')
        s.send(b'!', socket.MSG_OOB)
        time.sleep(0.05)
        s.sendall(b'more')
        time.sleep(0.05)
        s.close()
    until(serve(lambda s: (drain(s), s.close())), connect(client))


def pieces(frame, size=600):
    """An IPv4 frame as fragments."""
    if frame[12:14] != b'\x08\x00' or len(frame) <= size + 34:
        return [frame]
    header, body, found = bytearray(frame[14:34]), frame[34:], []
    for at in range(0, len(body), size):
        part = body[at:at + size]
        header[2:4] = struct.pack('>H', 20 + len(part))
        header[6:8] = struct.pack('>H', at // 8 | (0x2000 if at + size < len(body) else 0))
        header[10:12] = b'\0\0'
        total = sum(struct.unpack('>10H', header))
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        header[10:12] = struct.pack('>H', ~total & 0xffff)
        found.append(frame[:14] + bytes(header) + part)
    return found


def fragments(net):
    net.reshape = lambda frame, up: [(DELAY, piece) for piece in pieces(frame)]
    def server(s):
        s.recv(10)
        s.sendall(b'f' * 12000)
        s.close()
    def client(s):
        s.sendall(b'go')
        drain(s)
        s.close()
    until(serve(server), connect(client))


def reorder(probability, seed):
    chance = random.Random(seed)
    return lambda frame, up: [(DELAY + (0.006 if chance.random() < probability else 0), frame)]


def reordered(net):
    """Some frames take longer, also FINs."""
    net.reshape = reorder(0.4, 5)
    answer_many(net, 12, 3000)


def duplicated(net):
    """The network delivers every frame twice."""
    net.reshape = lambda frame, up: [(DELAY, frame), (DELAY + 0.004, frame)]
    until(serve(talk_server), connect(talk_client))


def shutdown_read(net):
    """The client stops to read; the server writes on."""
    def client(s):
        s.sendall(b'a')
        s.shutdown(socket.SHUT_RD)
        time.sleep(0.3)
        s.close()
    def server(s):
        s.recv(10)
        s.sendall(b'nobody reads this')
        time.sleep(0.1)
        s.recv(10)
        s.close()
    until(serve(server), connect(client))


def ipv6(net):
    address = (SERVER6, 80)
    until(serve(talk_server, address=address), connect(talk_client, address=address))


def only_client_direction(net):
    net.keep = lambda now, s: s.up
    until(serve(talk_server), connect(talk_client))


def only_server_direction(net):
    net.keep = lambda now, s: not s.up
    until(serve(talk_server), connect(talk_client))


def seen_at_server(net):
    net.at_server = True
    until(serve(talk_server), connect(talk_client))


def seen_at_server_lossy(net):
    net.at_server = True
    bulk(net)


def seen_at_server_lost_last_ack(net):
    net.at_server = True
    seen = []
    def last(s):
        if not s.up and s.flags & FIN:
            seen.append(1)
        return s.up and len(seen) > 0 and s.flags == ACK
    net.lose = times(1, last)
    until(serve(talk_server), connect(talk_client))


def middle(net):
    """The capture begins after the handshake."""
    seen = []
    def keep(now, s):
        if s.length > 0:
            seen.append(1)
        return len(seen) > 0
    net.keep = keep
    until(serve(talk_server), connect(talk_client))


def ends_early(net):
    """The capture ends with the client's FIN."""
    seen = []
    def keep(now, s):
        if seen:
            return False
        if s.flags & FIN:
            seen.append(1)
        return True
    net.keep = keep
    until(serve(talk_server), connect(talk_client))


SCENARIOS = [bulk, upload, no_window_scaling, no_options, urgent, fragments, reordered, duplicated, shutdown_read, ipv6,
             only_client_direction, only_server_direction, seen_at_server, seen_at_server_lossy, seen_at_server_lost_last_ack, middle, ends_early]
