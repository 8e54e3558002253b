"""Connections that are reset, or whose peer has gone."""
import os
import signal
import socket
import threading
import time

from .network import ACK, FIN, LINGER0, RST, SERVER6, connect, drain, listen, run, serve, times, until, within


def reset(s):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER0)
    s.close()


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


def server_reset_syn_received(net):
    """The listener goes away before the handshake's last ACK comes."""
    net.lose = times(1, lambda s: s.up and s.flags == ACK)
    ready = threading.Event()
    def body():
        s = listen()
        ready.set()
        time.sleep(0.3)
        s.close()
    server = within('wgs', body)
    ready.wait()
    def client(s):
        time.sleep(0.5)
        s.sendall(b'are you there?')
        s.recv(10)
        s.close()
    until(connect(client), server, limit=4)


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


def reset_fin_wait_1(net):
    """The client resets while its FIN is not acknowledged."""
    net.lose = times(3, lambda s: s.up and bool(s.flags & FIN))
    def client(s):
        s.sendall(b'a')
        s.shutdown(socket.SHUT_WR)
        time.sleep(0.1)
        reset(s)
    until(serve(lambda s: (drain(s), s.close())), connect(client))


def reset_last_ack(net):
    """The client resets while it waits for the last ACK."""
    def lose(s):
        return s.tcp and s.up and bool(s.flags & FIN)
    net.lose = lose
    def client(s):
        drain(s)
        s.shutdown(socket.SHUT_WR)
        time.sleep(0.1)
        reset(s)
    until(serve(lambda s: (s.sendall(b'x'), s.close(), time.sleep(1))), connect(client))


def reset_closing(net):
    """Both have closed; the client's FIN is lost and it resets in CLOSING."""
    net.lose = lambda s: s.tcp and s.up and bool(s.flags & FIN)
    def client(s):
        s.recv(10)
        time.sleep(0.2 - (time.time() % 0.1))
        s.shutdown(socket.SHUT_WR)
        time.sleep(0.1)
        reset(s)
    def server(s):
        s.sendall(b'x')
        time.sleep(0.02)
        time.sleep(0.2 - (time.time() % 0.1))
        s.close()
    until(serve(server), connect(client))


def both_reset(net):
    def work(s):
        s.sendall(b'x')
        time.sleep(0.2 - (time.time() % 0.1))
        reset(s)
    until(serve(work), connect(work))


def reset_ipv6(net):
    address = (SERVER6, 80)
    until(serve(lambda s: (s.recv(10), reset(s)), address=address), connect(lambda s: (s.sendall(b'x'), s.recv(5), s.close()), address=address))


def half_open_data(net):
    """The client vanished without a word; the server's data is answered with a reset."""
    def client(s):
        s.sendall(b'a')
        s.recv(10)
        net.lose = lambda segment: segment.tcp
        reset(s)
        time.sleep(0.1)
        net.lose = lambda segment: False
        time.sleep(0.5)
    def server(s):
        s.recv(10)
        s.sendall(b'b')
        time.sleep(0.4)
        s.sendall(b'c')
        s.recv(10)
        s.close()
    until(serve(server), connect(client))


def zero_window_close(net):
    """The reader never reads and closes: unread data, reset."""
    def server(s):
        time.sleep(1.5)
        s.close()
    def client(s):
        s.settimeout(1)
        try:
            s.sendall(b'z' * 400000)
        except OSError:
            pass
        time.sleep(1)
        s.close()
    until(serve(server, set={(socket.SOL_SOCKET, socket.SO_RCVBUF): 4000}), connect(client))


def killed(net):
    """The server's process is killed while data is unread."""
    def server(s):
        pid = os.fork()
        if pid == 0:
            time.sleep(30)
            os._exit(0)
        s.close()
        time.sleep(0.2)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    def client(s):
        s.sendall(b'unread')
        try:
            s.recv(10)
        except OSError:
            pass
        s.close()
    until(serve(server), connect(client))


def killed_client(net):
    """The client's process is killed in the middle of a download: FIN first, then resets for what comes on."""
    def server(s):
        s.settimeout(3)
        s.recv(10)
        for _ in range(40):
            s.sendall(b'd' * 5000)
            time.sleep(0.01)
        s.close()
    def client(s):
        s.sendall(b'go')
        s.recv(4000)
        time.sleep(0.05)
        s.recv(1 << 20)
        s.close()
    until(serve(server), connect(client))


def disconnect_by_server_timeout(net):
    """The server closes an idle keep-alive connection as the client sends the next request: reset."""
    def server(s):
        s.recv(10)
        s.sendall(b'ok')
        time.sleep(0.3)
        s.close()
    def client(s):
        s.sendall(b'GET 1')
        s.recv(10)
        time.sleep(0.285)
        s.sendall(b'GET 2')
        try:
            s.recv(10)
            s.recv(10)
        except OSError:
            pass
        s.close()
    until(serve(server), connect(client))


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


def keep_alive_server(net):
    """The server asks whether an idle client lives; it does, then it vanishes."""
    def server(s):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2)
        s.recv(10)
        time.sleep(2.5)
        net.lose = lambda segment: segment.tcp and segment.up
        s.recv(10)
        s.close()
    def client(s):
        s.sendall(b'a')
        time.sleep(7)
    until(serve(server), connect(client))


def client_dies(net):
    """The client's link goes down for good; the server's data times out."""
    net.sysctl('wgs', 'net.ipv4.tcp_retries2', '3')
    def client(s):
        s.sendall(b'a')
        s.recv(10)
        run('ip', '-n', 'wgc', 'link', 'set', 'tap0', 'down')
        time.sleep(8)
    def server(s):
        s.recv(10)
        s.sendall(b'b')
        time.sleep(0.2)
        s.sendall(b'c')
        try:
            s.recv(10)
        except OSError:
            pass
        s.close()
    until(serve(server), connect(client))


def user_timeout(net):
    """TCP_USER_TIMEOUT ends a connection whose peer is gone."""
    def client(s):
        s.setsockopt(socket.IPPROTO_TCP, 18, 1500)
        s.sendall(b'a')
        s.recv(10)
        net.lose = lambda segment: segment.tcp
        s.sendall(b'b')
        try:
            s.recv(10)
        except OSError:
            pass
        s.close()
    until(serve(lambda s: (s.recv(10), s.sendall(b'x'), time.sleep(5))), connect(client))


SCENARIOS = [linger_zero, close_unread, data_after_close, reset_lost, reset_syn_received, server_reset_syn_received, reset_close_wait,
             reset_fin_wait, reset_fin_wait_1, reset_last_ack, reset_closing, both_reset, reset_ipv6, half_open_data, zero_window_close, killed,
             killed_client, disconnect_by_server_timeout, keep_alive_death, keep_alive_server, client_dies, user_timeout]
