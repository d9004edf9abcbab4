"""The system-call filter: no new program, no new process but the judge's, no socket, no identity.

A classic BPF program over `struct seccomp_data`. Calls that a computation needs are allowed,
threads among them; what is denied fails with EPERM, and calls newer than this list do not exist
(ENOSYS). One call is neither: a plain fork() is referred to the monitor, who allows it once per
test case (`RET_USER_NOTIF`), so that a loaded module can be forked and nothing else can.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import struct

from autograder.jail import kernel

# name: (number on x86_64, number on aarch64)
# fmt: off
_DENIED = {
    # new programs and processes
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None),
    "uselib": (134, None),
    # reaching the network and other processes' sockets
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "kcmp": (312, 272),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "setpriority": (141, 140), "migrate_pages": (256, 238),
    "move_pages": (279, 239), "sched_setscheduler": (144, 119), "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    # leaving the session or the process group
    "setsid": (112, 157), "setpgid": (109, 154),
    # namespaces, mounts, roots
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442),
    # identity
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setgroups": (116, 159),
    "setfsuid": (122, 151), "setfsgid": (123, 152), "capset": (126, 91), "personality": (135, 92),
    "seccomp": (317, 277),
    # kernel
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "create_module": (174, None), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "syslog": (103, 116),
    "acct": (163, 89), "quotactl": (179, 60), "quotactl_fd": (443, 443), "iopl": (172, None),
    "ioperm": (173, None), "modify_ldt": (154, None), "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "clock_adjtime": (305, 266), "adjtimex": (159, 171), "sethostname": (170, 161),
    "setdomainname": (171, 162), "vhangup": (153, 58),
    # keys
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # memory and objects that outlive or escape the limits
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
    "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197), "semget": (64, 190),
    "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192), "msgget": (68, 186),
    "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180),
    "mq_unlink": (241, 181), "mq_timedsend": (242, 182), "mq_timedreceive": (243, 183),
    "mq_notify": (244, 184), "mq_getsetattr": (245, 185), "mlockall": (151, 230),
    "vmsplice": (278, 75),
    # files by handle, ownership, devices, watches
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "mknod": (133, None),
    "mknodat": (259, 33), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None),
    "fchownat": (260, 54), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "fanotify_init": (300, 262), "fanotify_mark": (301, 263), "inotify_init": (253, None),
    "inotify_init1": (294, 26), "inotify_add_watch": (254, 27),
    # what is cached of a file that others read too, and changing that
    "mincore": (27, 232), "fadvise64": (221, 223), "readahead": (187, 213), "preadv2": (327, 286),
    "pwritev2": (328, 287), "sync_file_range": (277, 84), "sync": (162, 81), "syncfs": (306, 267),
}

# Landlock does not cover these; where a worker has the same user id as other people's files they
# are denied too: name: (number on x86_64, number on aarch64).
_DENIED_TO_OWNERS = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "utimensat": (280, 88),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "truncate": (76, 45),
}
# fmt: on
_NEWEST = 450  # the last call this list was checked against; later ones answer ENOSYS
_CLONE, _CLONE3 = (56, 220), (435, 435)
_FCNTL = (72, 25)
# Commands that make the kernel send signals to others: F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE,
# F_NOTIFY; FIOSETOWN, SIOCSPGRP. Or that change what is cached: MADV_WILLNEED, _COLD, _PAGEOUT.
_COMMANDS = {
    _FCNTL: (1, (8, 10, 15, 1024, 1026)),
    (16, 29): (1, (0x8901, 0x8902)),
    (28, 233): (2, (3, 20, 21)),
}
# Locks on files, which other submissions would see, do nothing and succeed: nobody else has the
# files that a submission may write. F_SETLK, F_SETLKW and the same of open files; flock.
_LOCKS, _FLOCK = (6, 7, 37, 38), (73, 32)
# Clocks of other processes: clock_gettime, clock_getres, clock_nanosleep, timer_create. A process's
# own, and its thread's, are numbered from 0.
_CLOCKS = ((228, 113), (229, 114), (230, 115), (222, 107))
_OWN_CLOCKS = (0xFFFFFFFA, 0xFFFFFFFE)
_OTHER_PID = {"prlimit64": (302, 261), "sched_setaffinity": (203, 122), "ioprio_set": (251, 30)}

_CLONE_THREAD = 0x10000
_FORK_FLAGS = 0x1200011  # CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | SIGCHLD: the C library's fork

_ALLOW, _KILL, _NOTIFY = 0x7FFF0000, 0x80000000, 0x7FC00000
_NOTHING = 0x00050000
_EPERM, _ENOSYS = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_LOAD, _JEQ, _JGT, _JSET, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_NR, _ARCH, _ARG0 = 0, 4, 16
_AUDIT_ARCH = 0xC000003E if kernel.X86_64 else 0xC00000B7

_SECCOMP, _SET_MODE_FILTER, _GET_ACTION = (317 if kernel.X86_64 else 277), 1, 2
_TSYNC, _NEW_LISTENER = 1, 8
_RECEIVE, _RESPOND = 0xC0502100, 0xC0182101
_CONTINUE = 1


def available() -> bool:
    """Whether this kernel and machine take our filter."""
    return kernel.KNOWN_MACHINE and _action_available(0x00050000)


def notify_available() -> bool:
    """Whether a fork can be referred to the monitor (Linux 5.5 and later)."""
    return available() and _action_available(_NOTIFY)


def _action_available(action: int) -> bool:
    try:
        kernel.syscall(
            _SECCOMP, _GET_ACTION, 0, ctypes.create_string_buffer(struct.pack("=I", action), 4)
        )
    except OSError:
        return False
    return True


def install(*, refer_forks: bool, own_uid: bool) -> int | None:
    """Filter this process and all its children, for good.

    Args:
        refer_forks: ask the monitor about forks instead of refusing them.
        own_uid: whether this process owns nothing but its scratch folder.

    Returns:
        The listener's file descriptor for the monitor if `refer_forks`, else None.
    """
    program = _program(refer_forks, own_uid)
    code = ctypes.create_string_buffer(b"".join(program))
    fprog = struct.pack("=HxxxxxxQ", len(program), ctypes.addressof(code))
    flags = _NEW_LISTENER if refer_forks else _TSYNC
    buffer = ctypes.create_string_buffer(fprog, len(fprog))
    listener = kernel.syscall(_SECCOMP, _SET_MODE_FILTER, flags, buffer)
    return listener if refer_forks else None


def _program(refer_forks: bool, own_uid: bool) -> list[bytes]:
    which = 0 if kernel.X86_64 else 1
    names = _DENIED if own_uid else _DENIED | _DENIED_TO_OWNERS
    denied = sorted(n for pair in names.values() if (n := pair[which]) is not None)
    code = [
        _step(_LOAD, _ARCH),
        _step(_JEQ, _AUDIT_ARCH, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NR),
        _step(_JGT, _NEWEST, 0, 1),
        _step(_RETURN, _ENOSYS),
        _step(_JEQ, _CLONE3[which], 0, 1),
        _step(
            _RETURN, _ENOSYS
        ),  # its flags are behind a pointer; the C library falls back to clone
    ]
    for number in denied:
        code += [_step(_JEQ, number, 0, 1), _step(_RETURN, _EPERM)]
    for pair in _OTHER_PID.values():
        code += [
            _step(_JEQ, pair[which], 0, 4),
            _step(_LOAD, _ARG0),
            _step(_JEQ, 0, 0, 1),
            _step(_RETURN, _ALLOW),
            _step(_RETURN, _EPERM),
        ]
    for pair, (argument, commands) in _COMMANDS.items():
        answers = [(command, _EPERM) for command in commands]
        if argument == 1 and pair[which] == _FCNTL[which]:
            answers += [(lock, _NOTHING) for lock in _LOCKS]
        code += [
            _step(_JEQ, pair[which], 0, 2 + 2 * len(answers)),
            _step(_LOAD, _ARG0 + 8 * argument),
        ]
        for command, answer in answers:
            code += [_step(_JEQ, command, 0, 1), _step(_RETURN, answer)]
        code.append(_step(_RETURN, _ALLOW))
    code += [_step(_JEQ, _FLOCK[which], 0, 1), _step(_RETURN, _NOTHING)]
    for pair in _CLOCKS:
        code += [
            _step(_JEQ, pair[which], 0, 6),
            _step(_LOAD, _ARG0),
            _step(_JSET, 0x80000000, 0, 3),
            _step(_JEQ, _OWN_CLOCKS[0], 2, 0),
            _step(_JEQ, _OWN_CLOCKS[1], 1, 0),
            _step(_RETURN, _EPERM),
            _step(_RETURN, _ALLOW),
        ]
    code += [
        _step(_JEQ, _CLONE[which], 0, 5),
        _step(_LOAD, _ARG0),
        _step(_JSET, _CLONE_THREAD, 3, 0),
        _step(_JEQ, _FORK_FLAGS, 0, 1),
        _step(_RETURN, _NOTIFY if refer_forks else _EPERM),
        _step(_RETURN, _EPERM),
        _step(_RETURN, _ALLOW),
    ]
    return code


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def next_fork(listener: int) -> tuple[int, int] | None:
    """(request id, pid) of a process that asks to fork, or None if it is gone meanwhile."""
    request = bytearray(80)  # struct seccomp_notif
    try:
        fcntl.ioctl(listener, _RECEIVE, request)
    except OSError:
        return None
    identity, pid = struct.unpack_from("=QI", request)
    return identity, pid


def answer_fork(listener: int, identity: int, allow: bool) -> None:
    """Let the fork with this request id happen, or fail with EPERM."""
    if allow:
        answer = struct.pack("=QqiI", identity, 0, 0, _CONTINUE)
    else:
        answer = struct.pack("=QqiI", identity, 0, -errno.EPERM, 0)
    with contextlib.suppress(OSError):  # the asking process may have died
        fcntl.ioctl(listener, _RESPOND, answer)
