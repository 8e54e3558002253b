"""How connections begin, and fail to."""
import socket
import threading
import time

from .network import (ACK, CLIENT, DELAY, SERVER, SERVER6, SYN, Segment, connect, drain, listen, serve, talk_client, talk_server, times,
                      until, within)
from .resets import reset


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


def overflow_reset(net):
    """The listener's queue is full and it says so."""
    net.sysctl('wgs', 'net.ipv4.tcp_abort_on_overflow', '1')
    ready = threading.Event()
    def body():
        s = listen(backlog=0)
        ready.set()
        time.sleep(2)
        s.close()
    server = within('wgs', body)
    ready.wait()
    def client(s):
        s.sendall(b'x')
        time.sleep(1)
        s.close()
    threads = []
    for _ in range(3):
        threads.append(connect(client))
        time.sleep(0.1)
    until(*threads, server)


def fast_open_client(payloads, before=lambda number: None):
    def client():
        for number, text in enumerate(payloads):
            before(number)
            s = socket.socket()
            s.sendto(text, socket.MSG_FASTOPEN, (SERVER, 80))
            drain(s)
            s.close()
            time.sleep(0.1)
    return within('wgc', client)


def fast_open_server(count, **options):
    ready = threading.Event()
    def server():
        s = listen(**options)
        ready.set()
        for _ in range(count):
            c = s.accept()[0]
            c.recv(100)
            c.sendall(b'answer')
            c.close()
    thread = within('wgs', server)
    ready.wait()
    return thread


FAST_OPEN = {(socket.IPPROTO_TCP, socket.TCP_FASTOPEN): 5}


def fast_open(net):
    def client():
        for text in (b'first', b'second'):
            s = socket.socket()
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


def fast_open_refused(net):
    """The server takes no cookie: the data of the SYN is sent again."""
    server = fast_open_server(1)
    net.sysctl('wgc', 'net.ipv4.tcp_fastopen', '5')
    until(server, fast_open_client([b'early data']))


def fast_open_without_cookie(net):
    net.sysctl('wgc', 'net.ipv4.tcp_fastopen', '5')
    net.sysctl('wgs', 'net.ipv4.tcp_fastopen', '515')
    server = fast_open_server(2, set=FAST_OPEN)
    until(server, fast_open_client([b'early data', b'more']))


def fast_open_lost_syn(net):
    server = fast_open_server(2, set=FAST_OPEN)
    def before(number):
        if number == 1:
            net.lose = times(1, lambda s: s.up and bool(s.flags & SYN))
    until(server, fast_open_client([b'first', b'second'], before))


def fast_open_lost_syn_ack(net):
    server = fast_open_server(2, set=FAST_OPEN)
    def before(number):
        if number == 1:
            net.lose = times(1, lambda s: not s.up and bool(s.flags & SYN))
    until(server, fast_open_client([b'first', b'second'], before))


def syn_cookies(net):
    net.sysctl('wgs', 'net.ipv4.tcp_syncookies', '2')
    until(serve(talk_server), connect(talk_client))


def syn_cookies_lost_ack(net):
    net.sysctl('wgs', 'net.ipv4.tcp_syncookies', '2')
    net.lose = times(1, lambda s: s.up and s.flags == ACK and s.length == 0)
    until(serve(talk_server), connect(talk_client))


def impatient_connect(server_work, wait):
    """connect() that is given up after `wait` seconds."""
    def client():
        s = socket.socket()
        s.setblocking(False)
        s.connect_ex((SERVER, 80))
        time.sleep(wait)
        s.close()
    thread = serve(server_work)
    until(within('wgc', client), limit=3)


def reset_to_syn_ack(net):
    """The client has given up when the SYN-ACK comes: it answers with a reset."""
    slow = lambda frame, up: [(0.12, frame)] if Segment(frame, up).tcp and not up else [(DELAY, frame)]
    net.reshape = slow
    impatient_connect(lambda s: s.close(), 0.1)


def connect_given_up_by_kernel(net):
    """Nobody answers and the kernel gives up."""
    net.sysctl('wgc', 'net.ipv4.tcp_syn_linear_timeouts', '0')
    net.sysctl('wgc', 'net.ipv4.tcp_syn_retries', '1')
    net.lose = lambda s: s.tcp
    def client():
        s = socket.socket()
        s.connect_ex((SERVER, 80))
        s.close()
    until(within('wgc', client), limit=6)


def refused_ipv6(net):
    until(connect(talk_client, address=(SERVER6, 81)))


def refused_late(net):
    """The first SYN is lost, the second refused."""
    net.lose = times(1, lambda s: s.up and bool(s.flags & SYN))
    until(connect(talk_client, address=(SERVER, 81)), limit=4)


def deferred_accept(net):
    """TCP_DEFER_ACCEPT: the bare ACK does not open the connection."""
    def client(s):
        time.sleep(0.3)
        s.sendall(b'late')
        s.recv(10)
        s.close()
    until(serve(lambda s: (s.recv(10), s.sendall(b'ok'), drain(s), s.close()), set={(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT): 5}), connect(client))


def simultaneous_open():
    """Both connect to each other."""
    gate = threading.Barrier(2)
    def side(namespace, mine, theirs):
        def body():
            s = socket.socket()
            s.settimeout(6)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((mine, 5000))
            gate.wait()
            s.connect((theirs, 5000))
            s.sendall(b'hi')
            s.recv(10)
            time.sleep(0.05 if namespace == 'wgc' else 0.2)
            s.close()
        return within(namespace, body)
    until(side('wgc', CLIENT, SERVER), side('wgs', SERVER, CLIENT))


def greet():
    """Both learn each other's link address, so that SYNs can cross."""
    within('wgc', lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b'', (SERVER, 9))).join()
    time.sleep(0.1)


def simultaneous_open_plain(net):
    greet()
    simultaneous_open()


def simultaneous_open_lost_syn_ack(net):
    greet()
    net.lose = times(1, lambda s: not s.up and s.flags & (SYN | ACK) == SYN | ACK)
    simultaneous_open()


def half_open_syn(net):
    """The client lost the connection (its reset was lost) and opens the same ports again: challenge ACK, reset, SYN again."""
    def client():
        for first in (True, False):
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((CLIENT, 40002))
            s.connect((SERVER, 80))
            s.sendall(b'once' if first else b'again')
            s.recv(10)
            if first:
                net.lose = lambda segment: segment.tcp
                reset(s)
                time.sleep(0.1)
                net.lose = lambda segment: False
            else:
                s.close()
    ready = threading.Event()
    def one(c):
        try:
            c.recv(10)
            c.sendall(b'yes')
            drain(c)
        except OSError:
            pass
        c.close()
    def server():
        s = listen()
        ready.set()
        for _ in range(2):
            threading.Thread(target=one, args=(s.accept()[0],), daemon=True).start()
    thread = within('wgs', server)
    ready.wait()
    until(within('wgc', client))


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


def time_wait_reuse(net):
    """The server is in TIME-WAIT when the client opens the same ports again."""
    def client():
        for _ in range(2):
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((CLIENT, 40001))
            s.connect((SERVER, 80))
            s.sendall(b'again')
            drain(s)
            s.close()
            time.sleep(0.3)
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


def lost_ipv6(net):
    net.lose = times(1, lambda s: s.up and bool(s.flags & SYN))
    address = (SERVER6, 80)
    until(serve(talk_server, address=address), connect(talk_client, address=address))


SCENARIOS = [lost_syn_ack, lost_syn_ack_behind, lost_handshake_ack, lost_handshake_ack_silent, overflow, overflow_reset, fast_open,
             fast_open_refused, fast_open_without_cookie, fast_open_lost_syn, fast_open_lost_syn_ack, syn_cookies, syn_cookies_lost_ack,
             reset_to_syn_ack, connect_given_up_by_kernel, refused_ipv6, refused_late, deferred_accept, simultaneous_open_plain,
             simultaneous_open_lost_syn_ack, half_open_syn, port_reuse, time_wait_reuse, lost_ipv6]
