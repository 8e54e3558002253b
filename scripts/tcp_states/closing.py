"""How connections end in order, or nearly."""
import random
import socket
import struct
import time

from .network import ACK, DELAY, FIN, Segment, connect, drain, serve, talk_client, talk_server, times, until


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


def simultaneous_close_lost_fin(net):
    net.lose = times(1, lambda s: not s.up and bool(s.flags & FIN))
    simultaneous_close(net)


def simultaneous_close_lost_own_fin(net):
    net.lose = times(1, lambda s: s.up and bool(s.flags & FIN))
    simultaneous_close(net)


def simultaneous_close_lost_ack(net):
    seen = []
    def ack(s):
        if s.flags & FIN:
            seen.append(1)
        return len(seen) >= 2 and not s.up and s.flags == ACK
    net.lose = times(1, ack)
    simultaneous_close(net)


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


def half_close_bulk(net):
    """300 kB after the client's half close, over a lossy way."""
    random.seed(3)
    net.lose = lambda s: s.tcp and s.length > 0 and not s.up and random.random() < 0.02
    def client(s):
        s.sendall(b'request')
        s.shutdown(socket.SHUT_WR)
        drain(s)
        s.close()
    def server(s):
        drain(s)
        for _ in range(6):
            s.sendall(b'y' * 50000)
            time.sleep(0.03)
        time.sleep(0.1)
        s.close()
    until(serve(server), connect(client))


def server_half_close(net):
    """The server shuts its side and reads on."""
    def server(s):
        s.recv(10)
        s.sendall(b'bye')
        s.shutdown(socket.SHUT_WR)
        drain(s)
        s.close()
    def client(s):
        s.sendall(b'hello')
        drain(s)
        for _ in range(5):
            s.sendall(b'u' * 2000)
            time.sleep(0.05)
        s.close()
    until(serve(server), connect(client))


def lost_last_ack(net):
    seen = []
    def last(s):
        if not s.up and s.flags & FIN:
            seen.append(1)
        return s.up and len(seen) > 0 and s.flags == ACK
    net.lose = times(1, last)
    until(serve(talk_server), connect(talk_client))


def lost_last_ack_no_options(net):
    for namespace in ('wgc', 'wgs'):
        net.sysctl(namespace, 'net.ipv4.tcp_timestamps', '0')
    seen = []
    def last(s):
        if not s.up and s.flags & FIN:
            seen.append(1)
        return s.up and len(seen) > 0 and s.flags == ACK
    net.lose = times(2, last)
    until(serve(talk_server), connect(talk_client))


def fin_repeated_after_last_ack(net):
    """The server's FIN comes twice although the first was acknowledged: the last ACK was lost twice."""
    seen = []
    def last(s):
        if not s.up and s.flags & FIN:
            seen.append(1)
        return s.up and len(seen) > 0 and s.flags == ACK
    net.lose = times(2, last)
    until(serve(talk_server), connect(talk_client))


def last_ack_never_comes(net):
    seen = []
    def last(s):
        if not s.up and s.flags & FIN:
            seen.append(1)
        return s.up and len(seen) > 0 and s.flags == ACK
    net.lose = times(100, last)
    net.sysctl('wgs', 'net.ipv4.tcp_orphan_retries', '2')
    until(serve(talk_server), connect(talk_client))
    time.sleep(5)


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


def fin_with_data(net):
    """Both FINs leave with the last data, held back by MSG_MORE."""
    def client(s):
        s.send(b'last words', socket.MSG_MORE)
        time.sleep(0.03)
        s.shutdown(socket.SHUT_WR)
        drain(s)
        s.close()
    def server(s):
        drain(s)
        s.send(b'an answer', socket.MSG_MORE)
        time.sleep(0.03)
        s.close()
    until(serve(server), connect(client))


def fin_overtakes(net):
    """The server's FIN overtakes its last data."""
    def shape(frame, up):
        s = Segment(frame, up)
        return [(DELAY + (0.03 if not up and s.length > 1000 and not s.flags & FIN else 0), frame)]
    net.reshape = shape
    def server(s):
        s.recv(10)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        s.sendall(b'd' * 1200)
        s.close()
    def client(s):
        s.sendall(b'go')
        drain(s)
        time.sleep(0.1)
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


def zero_window_fin(net):
    """The writer closes against a closed window; the reader reads at last."""
    def server(s):
        time.sleep(2)
        drain(s)
        s.close()
    def client(s):
        s.sendall(b'z' * 40000)
        s.close()
    until(serve(server, set={(socket.SOL_SOCKET, socket.SO_RCVBUF): 4000}), connect(client))


def linger_timeout(net):
    """close() with a lingering time, while the peer reads slowly."""
    def client(s):
        s.sendall(b'z' * 30000)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 3))
        s.close()
    def server(s):
        time.sleep(0.5)
        drain(s)
        s.close()
    until(serve(server, set={(socket.SOL_SOCKET, socket.SO_RCVBUF): 8000}), connect(client))


def linger_two(net):
    """TCP_LINGER2: FIN-WAIT-2 is not waited for."""
    def client(s):
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_LINGER2, -1)
        s.sendall(b'a')
        s.close()
        time.sleep(1)
    def server(s):
        drain(s)
        time.sleep(0.3)
        s.sendall(b'still?')
        time.sleep(0.2)
        s.close()
    until(serve(server), connect(client))


def nothing_said(net):
    """Opened and closed without a byte."""
    until(serve(lambda s: (drain(s), s.close())), connect(lambda s: s.close()))


def close_wait_forever(net):
    """The server never closes its side; the client's FIN-WAIT-2 times out."""
    net.sysctl('wgc', 'net.ipv4.tcp_fin_timeout', '2')
    def server(s):
        drain(s)
        time.sleep(4)
        s.sendall(b'still there?')
        time.sleep(0.5)
        s.close()
    def client(s):
        s.sendall(b'a')
        s.close()
        time.sleep(5)
    until(serve(server), connect(client))


def time_wait_killed(net):
    """An old duplicate of the handshake's end reaches TIME-WAIT: nothing comes of it."""
    kept = []
    def shape(frame, up):
        s = Segment(frame, up)
        if up and s.length > 0 and not kept:
            kept.append(frame)
            return [(DELAY, frame), (0.6, frame)]
        return [(DELAY, frame)]
    net.reshape = shape
    until(serve(lambda s: (s.recv(100), s.close())), connect(lambda s: (s.sendall(b'hello'), drain(s), s.close())))
    time.sleep(0.5)


SCENARIOS = [simultaneous_close, simultaneous_close_lost_fin, simultaneous_close_lost_own_fin, simultaneous_close_lost_ack, half_close,
             half_close_bulk, server_half_close, lost_last_ack, lost_last_ack_no_options, fin_repeated_after_last_ack, last_ack_never_comes,
             lost_fin_ack, lost_server_fin, lost_fin_twice, lost_data_before_fin, fin_with_data, fin_overtakes, server_first, server_window,
             zero_window_fin, linger_timeout, linger_two, nothing_said, close_wait_forever, time_wait_killed]
