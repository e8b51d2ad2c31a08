//! Seeds of targets that have no vectors: what is typed, what lies in files, what routers and proxies say.

/// By target. `@S`, `@V` and `SECRET` are words that the targets for files put something in the place of.
pub(super) const TEXTS: &[(&str, &[&[u8]])] = &[
    (
        "texts-websocket_url",
        &[b"ws://192.0.2.1:21118/", b"wss://relay.example/a?b", b"ws://[2001:db8::1]:7", b"ws://a"],
    ),
    (
        "texts-words",
        &[
            b"123-456",
            b"view",
            b"input",
            b"clipboard-in",
            b"socks5://user:pass%40word@proxy.example:1080",
            b"http://[2001:db8::1]:3128/",
        ],
    ),
    (
        "shell-proxy",
        &[
            b"\0\x02\x05\0\x0a\x05\0\0\x01\x01\x02\x03\x04\0P",
            b"\x01\x02\x05\x02\x02\x01\0\x0a\x05\0\0\x01\x01\x02\x03\x04\0Phi",
            b"\x02\x2cHTTP/1.1 200 Connection established\r\nX: y\r\n\r\nhello",
            b"\x03\x13HTTP/1.1 407 no\r\n\r\n",
        ],
    ),
    (
        "shell-websocket",
        &[
            b"\x02\x06\xc2\x7f",
            b"\x01\x40GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
        ],
    ),
    ("files-hex", &[b"00ff7f", b"ABCDEF0123456789", b"zz"]),
    (
        "files-identity",
        &[
            b"0101010101010101010101010101010101010101010101010101010101010101\n",
            b"keystore 8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c\n",
        ],
    ),
    (
        "files-server_key",
        &[b"deskwire server key 1\n0101010101010101010101010101010101010101010101010101010101010101\n"],
    ),
    (
        "files-access",
        &[
            b"\xff{\"password\":{\"salt\":\"00000000000000000000000000000000\",\"memory_kib\":65536,\"passes\":3,\"key\":\
              \"0000000000000000000000000000000000000000000000000000000000000000\"},\"allowed\":{\"@V\":\"laptop\"},\
              \"approval\":true,\"second\":null,\"grants\":{\"code\":[\"view\",\"input\"],\"key\":[\"clipboard-in\"]}}",
            b"\x0f{\"second\":{\"secret\":\"3132333435363738393031323334353637383930\",\"used\":60000000,\"recovery\":\
              [\"00112233445566778899aabbccddeeff\"],\"trusted\":[\"@V\"]},\"grants\":{\"approval\":[]}}",
            b"\xff{\"password\":\"SECRET\"}",
            b"\xff{\"allowed\":{\"nobody\":\"x\"}}",
        ],
    ),
    (
        "files-pins",
        &[
            b"{\"@S/000000000007\":{\"key\":\"0101\",\"generation\":1,\"verified\":true},\
              \"x/1\":{\"key\":\"\",\"generation\":0,\"verified\":false}}",
            b"{\"@S/123456789018\":{\"key\":\"\",\"generation\":1,\"verified\":true}}",
            b"{\"@S/1\":{\"key\":\"SECRET\",\"generation\":\"SECRET\",\"verified\":true}}",
        ],
    ),
    (
        "files-registrations",
        &[
            b"{\"S\":{\"id\":123456789018,\"certificate\":\"0101\",\"epoch\":7}}",
            b"{\"S\":{\"id\":null,\"certificate\":null,\"epoch\":18446744073709551615}}",
        ],
    ),
    (
        "files-relays",
        &[
            b"\0\0\0\0\xe8\x03\0\0{\"S\":{\"at\":1000,\"millis\":[[7,30],[2,9]]}}",
            b"\0\0\0\0\0\0\0\0{\"S\":{\"at\":1000,\"millis\":[[7,30]]}}",
        ],
    ),
    (
        "files-rows",
        &[
            b"\x4a\x55\xa3\xbe\x1c\0\0\0\x02\0\0\0\0\0\0\0\x07\0\0\0\0\0\0\0\x8a\x88\xe3\xdd\x74\x09\xf1\x95\xfd\x52\xdb\
              \x2d\x3c\xba\x5d\x72\xca\x67\x09\xbf\x1d\x94\x12\x1b\xf3\x74\x88\x01\xb4\x0f\x6f\x5c",
        ],
    ),
    (
        "home-pcp",
        &[
            b"\x01\0\0\0\x0e\x10\x9c\x40\0\0\0\0\0\0\0\0\0\0\xff\xff\xcb\0\x71\x07",
            b"\x01\x02\0\0\0\0\0\0",
            b"\0\0\0\0\0",
        ],
    ),
    (
        "home-nat_pmp",
        &[
            b"\0\x80\0\0\0\0\0\x09\xcb\0\x71\x07",
            b"\0\x81\0\0\0\0\0\x09\x50\x01\x9c\x41\0\0\0\x3c",
            b"\0\x81\0\x02\0\0\0\x09",
        ],
    ),
    (
        "home-routes",
        &[b"Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n\
            eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n\
            tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0\n"],
    ),
    (
        "home-place",
        &[
            b"example.org",
            b"example.org:7",
            b"[2001:db8::1]:7",
            b"::1",
            b"deskwire://example.org:7/?key=x",
            b"deskwire://[2001:db8::1]/",
        ],
    ),
    ("home-name", &[b"HDMI-1 \"left\"", b"a\nb\x1b[2J", "a\u{202e}b\u{85}".as_bytes(), &[b'x'; 70]]),
];
