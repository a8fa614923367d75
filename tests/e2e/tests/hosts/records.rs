//! TLS records: a browser can use a record only when its last byte has come. Caddy has no setting for their size.

use std::net::SocketAddr;

use e2e::Result;
use reqwest::StatusCode;
use tokio::{
    io::{self, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

use crate::{client::Asker, server::Kind};

/// The payload of a segment over IPv6 with timestamps, on a path of 1500 bytes.
const SEGMENT: usize = 1428;
/// Content type, version, length (RFC 8446, 5.1).
const HEADER: usize = 5;

#[tokio::test]
async fn the_page_comes_in_records_that_fit_into_a_segment() -> Result {
    let asker = Asker::of(Kind::Nginx).await?;
    let (address, mut records) = overhear(asker.server.address).await?;
    asker.server.sandbox.configure(|config| config.web_server = Some(address));
    let page = asker.get_encoded("/liff-bind.html", "br").await?;
    assert_eq!(page.status(), StatusCode::OK);
    let size = page.bytes().await?.len();
    let mut sizes = Vec::new();
    while let Ok(record) = records.try_recv() {
        sizes.push(record);
    }
    // The handshake's records are among them, and are as short.
    assert!(size > 2 * SEGMENT && sizes.iter().sum::<usize>() > size, "{sizes:?}");
    assert!(sizes.iter().all(|record| *record <= SEGMENT), "{sizes:?}");
    Ok(())
}

/// A way to the server that reports the size of each record, header included.
async fn overhear(server: SocketAddr) -> Result<(SocketAddr, UnboundedReceiver<usize>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let (tell, told) = unbounded_channel();
    tokio::spawn(async move {
        let (phone, _) = listener.accept().await?;
        let (mut from_phone, to_phone) = phone.into_split();
        let (from_server, mut to_server) = TcpStream::connect(server).await?.into_split();
        tokio::try_join!(io::copy(&mut from_phone, &mut to_server), carry(from_server, to_phone, tell))
    });
    Ok((address, told))
}

/// Carries record by record, and reports each before it arrives.
async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    tell: UnboundedSender<usize>,
) -> io::Result<()> {
    loop {
        let mut record = vec![0; HEADER];
        from.read_exact(&mut record).await?;
        let length = u16::from_be_bytes([record[3], record[4]]);
        record.resize(HEADER + usize::from(length), 0);
        from.read_exact(&mut record[HEADER..]).await?;
        tell.send(record.len()).map_err(io::Error::other)?;
        to.write_all(&record).await?;
    }
}
