//! Simulates a phone's link, in front of the server: delay, one bottleneck for each direction, shared by all
//! connections, and TCP's handshake and slow start for each connection.
//!
//! Modelled: a round trip before a connection's first byte; segments of 1448 bytes with 52 bytes of headers; a queue
//! that never overflows; a sender that starts with 10 segments in flight (RFC 6928) and gains a segment for each
//! acknowledged one. Not modelled: DNS, loss, delayed acknowledgements, the end of slow start, a radio that wakes up.

use std::{
    collections::VecDeque,
    io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, split},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::{Instant, sleep_until},
};

use crate::network::Network;

/// Payload of a full segment: an Ethernet frame without the headers of IPv4 and of TCP with time stamps, in bytes.
const SEGMENT: usize = 1448;
/// Headers of a segment, in bytes.
const HEADERS: usize = 52;
/// Segments in flight when a connection is new (RFC 6928).
const INITIAL_WINDOW: usize = 10 * SEGMENT;
/// Bytes that a server's kernel accepts before the link does: about Linux's first send buffer.
pub const SEND_BUFFER: usize = 32 << 10;

/// The link of one visit.
pub struct Link {
    delay: Duration,
    down: Road,
    up: Road,
}

/// One direction.
struct Road {
    bytes_per_second: f64,
    /// When the last byte sent so far has left.
    free: Mutex<Instant>,
    carried: AtomicU64,
}

impl Road {
    fn new(bytes_per_second: f64) -> Self {
        Self { bytes_per_second, free: Mutex::new(Instant::now()), carried: AtomicU64::new(0) }
    }

    /// Queues a segment at `now`, and returns when its last byte has left.
    fn send(&self, payload: usize, now: Instant) -> Instant {
        #[expect(clippy::cast_precision_loss, reason = "a segment has no more than 1500 bytes")]
        let takes = Duration::from_secs_f64((payload + HEADERS) as f64 / self.bytes_per_second);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        *free = now.max(*free) + takes;
        *free
    }
}

impl Link {
    pub fn new(network: Network) -> Self {
        Self { delay: network.round_trip() / 2, down: Road::new(network.down()), up: Road::new(network.up()) }
    }

    /// Bytes that have reached the phone, without the headers of TCP and IP.
    pub fn bytes_down(&self) -> u64 {
        self.down.carried.load(Ordering::Relaxed)
    }

    /// Carries a connection between the phone and the server until both ends are closed.
    pub async fn carry(&self, phone: impl AsyncRead + AsyncWrite, server: DuplexStream) -> io::Result<()> {
        let established = Instant::now() + 2 * self.delay;
        let (from_phone, to_phone) = split(phone);
        let (from_server, to_server) = split(server);
        let (ups, arriving_up) = unbounded_channel();
        let (downs, arriving_down) = unbounded_channel();
        tokio::try_join!(
            self.send_up(from_phone, ups, established),
            deliver(arriving_up, to_server, None),
            self.send_down(from_server, downs),
            deliver(arriving_down, to_phone, Some(&self.down.carried)),
        )?;
        Ok(())
    }

    /// A phone's data fits into its first window.
    async fn send_up(&self, mut from: impl AsyncRead + Unpin, to: Segments, established: Instant) -> io::Result<()> {
        loop {
            let segment = read_segment(&mut from, SEGMENT).await?;
            if segment.is_empty() {
                return Ok(());
            }
            let left = self.up.send(segment.len(), Instant::now().max(established));
            drop(to.send((left + self.delay, segment)));
        }
    }

    async fn send_down(&self, mut from: impl AsyncRead + Unpin, to: Segments) -> io::Result<()> {
        let mut window = INITIAL_WINDOW;
        let mut in_flight = 0;
        // When each segment's acknowledgement arrives, and the segment's size.
        let mut acknowledgements: VecDeque<(Instant, usize)> = VecDeque::new();
        loop {
            while let Some(&(at, size)) = acknowledgements.front() {
                if at > Instant::now() {
                    break;
                }
                acknowledgements.pop_front();
                in_flight -= size;
                window += size;
            }
            if let Some(&(at, _)) = acknowledgements.front()
                && in_flight + SEGMENT > window
            {
                sleep_until(at).await;
                continue;
            }
            let segment = read_segment(&mut from, SEGMENT).await?;
            if segment.is_empty() {
                return Ok(());
            }
            in_flight += segment.len();
            let left = self.down.send(segment.len(), Instant::now());
            acknowledgements.push_back((left + 2 * self.delay, segment.len()));
            drop(to.send((left + self.delay, segment)));
        }
    }
}

/// Segments on their way, each with its time of arrival.
type Segments = UnboundedSender<(Instant, Vec<u8>)>;

/// Reads the next segment; empty at the end.
async fn read_segment(from: &mut (impl AsyncRead + Unpin), most: usize) -> io::Result<Vec<u8>> {
    let mut segment = vec![0; most];
    let size = from.read(&mut segment).await?;
    segment.truncate(size);
    Ok(segment)
}

async fn deliver(
    mut arriving: UnboundedReceiver<(Instant, Vec<u8>)>,
    mut to: impl AsyncWrite + Unpin,
    carried: Option<&AtomicU64>,
) -> io::Result<()> {
    while let Some((at, segment)) = arriving.recv().await {
        sleep_until(at).await;
        to.write_all(&segment).await?;
        if let Some(carried) = carried {
            carried.fetch_add(segment.len() as u64, Ordering::Relaxed);
        }
    }
    to.shutdown().await
}

#[cfg(test)]
mod tests {
    use tokio::io::duplex;

    use super::*;

    /// Lets a server answer one byte with `size` bytes over the link. Returns how long the phone waits for the last of
    /// them, by a clock that stands still while anything can be done.
    async fn download(network: Network, size: usize) -> io::Result<Duration> {
        let (mut phone, end) = duplex(1 << 20);
        let (near, mut far) = duplex(SEND_BUFFER);
        tokio::spawn(async move {
            let serve = async move {
                far.read_u8().await?;
                far.write_all(&vec![0; size]).await?;
                far.shutdown().await
            };
            let link = Link::new(network);
            tokio::try_join!(link.carry(end, near), serve)
        });
        let start = Instant::now();
        phone.write_u8(0).await?;
        let mut all = vec![0; size];
        phone.read_exact(&mut all).await?;
        Ok(start.elapsed())
    }

    /// The time in round trips, to the nearest tenth.
    async fn round_trips(network: Network, size: usize) -> io::Result<f64> {
        let time = download(network, size).await?.as_secs_f64() / network.round_trip().as_secs_f64();
        Ok((time * 10.0).round() / 10.0)
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_costs_a_round_trip_and_so_does_a_request() -> io::Result<()> {
        let trips = round_trips(Network::Slow4g, 1).await?;
        assert!((2.0..=2.2).contains(&trips), "{trips}");
        Ok(())
    }

    /// At 9 Mbit/s ten segments take 13 ms of the 60 ms; the next twenty leave as those are acknowledged.
    #[tokio::test(start_paused = true)]
    async fn what_does_not_fit_into_ten_segments_costs_another_round_trip() -> io::Result<()> {
        let within = round_trips(Network::Fast4g, 10 * SEGMENT).await?;
        let beyond = round_trips(Network::Fast4g, 11 * SEGMENT).await?;
        assert!((2.2..=2.5).contains(&within), "{within}");
        assert!((0.7..=1.1).contains(&(beyond - within)), "{within} {beyond}");
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_download_takes_as_long_as_the_bottleneck_says() -> io::Result<()> {
        let time = download(Network::Slow4g, 200_000).await?.as_secs_f64();
        assert!((1.25..=1.6).contains(&time), "{time}");
        Ok(())
    }
}
