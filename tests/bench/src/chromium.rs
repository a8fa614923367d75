//! Drives Chromium with the Chrome `DevTools` Protocol over a pipe.

use std::{collections::VecDeque, io, net::SocketAddr, process::Stdio, time::Duration};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

/// How long the browser may take for an answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser. It is killed when it is dropped.
pub struct Chromium {
    process: Child,
    commands: ChildStdin,
    messages: BufReader<ChildStdout>,
    last: u64,
    /// Events that came while it waited for an answer.
    events: VecDeque<Event>,
    _profile: TempDir,
}

/// A message that the browser sends without being asked.
pub struct Event {
    /// Such as `Runtime.bindingCalled`.
    pub method: String,
    /// Its parameters.
    pub parameters: Value,
}

impl Drop for Chromium {
    fn drop(&mut self) {
        drop(self.process.start_kill());
    }
}

impl Chromium {
    /// Starts a browser for which `server` is the whole internet.
    pub fn start(server: SocketAddr, key_fingerprint: &str) -> io::Result<Self> {
        let profile = tempfile::tempdir()?;
        // The protocol uses the descriptors 3 and 4, which only a shell can set up.
        let mut process = Command::new("sh")
            .args(["-c", "exec chromium \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "chromium"])
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=390,664",
                "--remote-debugging-pipe",
            ])
            .arg(format!("--host-resolver-rules=MAP * {server}"))
            // Trusted, not ignored: an ignored certificate disables the HTTP cache.
            .arg(format!("--ignore-certificate-errors-spki-list={key_fingerprint}"))
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .env("HOME", profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(commands), Some(messages)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let messages = BufReader::with_capacity(1 << 20, messages);
        Ok(Self { process, commands, messages, last: 0, events: VecDeque::new(), _profile: profile })
    }

    /// Ends the browser and waits for that: until it has ended, it still writes to its profile.
    pub async fn close(mut self) -> io::Result<()> {
        self.command(None, "Browser.close", json!({})).await?;
        timeout(PATIENCE, self.process.wait()).await??;
        Ok(())
    }

    /// Sends a command to a page (`session`) or, without one, to the browser, and waits for the answer.
    pub async fn command(&mut self, session: Option<&str>, method: &str, parameters: Value) -> io::Result<Value> {
        self.last += 1;
        let id = self.last;
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if let (Some(session), Some(message)) = (session, message.as_object_mut()) {
            message.insert("sessionId".into(), session.into());
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).await?;
        loop {
            let mut message = self.message(PATIENCE).await?;
            if message["id"] != id {
                self.events.extend(event(&mut message));
            } else if message["error"].is_null() {
                return Ok(message["result"].take());
            } else {
                return Err(io::Error::other(format!("{method}: {}", message["error"])));
            }
        }
    }

    /// The next event, if one comes in time.
    pub async fn event(&mut self, patience: Duration) -> io::Result<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
            let mut message = self.message(patience).await?;
            self.events.extend(event(&mut message));
        }
    }

    async fn message(&mut self, patience: Duration) -> io::Result<Value> {
        let mut bytes = Vec::new();
        if timeout(patience, self.messages.read_until(0, &mut bytes)).await?? == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "Chromium has ended"));
        }
        bytes.pop();
        Ok(serde_json::from_slice(&bytes)?)
    }
}

fn event(message: &mut Value) -> Option<Event> {
    let method = message["method"].as_str()?.to_owned();
    Some(Event { method, parameters: message["params"].take() })
}
