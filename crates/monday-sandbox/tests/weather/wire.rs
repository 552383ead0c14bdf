//! Faults of the wire, by the proxy.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use monday_sandbox::{Fault, FaultProxy, Sandbox, Wire};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::caller::{ME, builder, create, exchange, named, request, whole, within};

async fn proxied() -> (Sandbox, FaultProxy) {
    let sandbox = builder().start().await.unwrap();
    let proxy = FaultProxy::start(sandbox.address()).await.unwrap();
    (sandbox, proxy)
}

#[tokio::test]
async fn everything_passes_unless_told() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        let request = request(sandbox.personal_token(), ME, "");
        let answer = exchange(proxy.address(), &request).await.unwrap();
        assert_eq!(whole(&answer).unwrap().status, 200);
        assert_eq!(proxy.connections(), 1);
        assert_eq!(proxy.passed(), (request.len() as u64, answer.len() as u64));
        assert_eq!(proxy.url("/v2"), format!("http://{}/v2", proxy.address()));
    })
    .await;
}

#[tokio::test]
async fn an_answer_can_be_cut_at_every_byte() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        let request = request(sandbox.personal_token(), ME, "");
        let length = exchange(proxy.address(), &request).await.unwrap().len();
        for at in 0..=length {
            proxy.will([Wire::CutAnswerAt(at)]);
            assert_eq!(exchange(proxy.address(), &request).await.unwrap().len(), at);
        }
        let requests = length as u64 + 2;
        assert_eq!(sandbox.seen().operation("Me").done, requests);
    })
    .await;
}

#[tokio::test]
async fn a_request_can_be_cut_at_every_byte_and_the_server_acts_on_a_whole_one_only() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        let request = request(sandbox.personal_token(), ME, "");
        for at in 0..request.len() {
            proxy.will([Wire::CutRequestAt(at)]);
            // What the server says to half a request, if anything, is no answer to it.
            let answer = exchange(proxy.address(), &request).await.unwrap_or_default();
            assert!(whole(&answer).is_none(), "at {at}");
        }
        assert_eq!(proxy.passed().0, (0..request.len() as u64).sum::<u64>());
        assert_eq!(sandbox.seen().total().done, 0);
        proxy.will([Wire::CutRequestAt(request.len() + 1)]);
        assert!(whole(&exchange(proxy.address(), &request).await.unwrap()).is_some());
    })
    .await;
}

#[tokio::test]
async fn a_reset_is_a_reset_before_during_and_after() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        let request = request(sandbox.personal_token(), ME, "");
        for wire in [Wire::Reset, Wire::ResetRequestAt(20), Wire::ResetAnswerAt(0), Wire::ResetAnswerAt(50)] {
            proxy.will([wire]);
            let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
            // After a reset even the write may fail.
            let _ = stream.write_all(request.as_bytes()).await;
            let mut answer = Vec::new();
            let error = loop {
                match stream.read_buf(&mut answer).await {
                    Ok(0) => panic!("{wire:?} is a reset, not an end"),
                    Ok(_) => {}
                    Err(error) => break error,
                }
            };
            assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}");
            let most = if wire == Wire::ResetAnswerAt(50) { 50 } else { 0 };
            assert!(answer.len() <= most, "{wire:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_drip_takes_its_time_in_either_direction() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        let request = request(sandbox.personal_token(), ME, "");
        let length = exchange(proxy.address(), &request).await.unwrap().len();
        let (bytes, every) = (20, Duration::from_millis(10));
        for (wire, length) in
            [(Wire::DripAnswer { bytes, every }, length), (Wire::DripRequest { bytes, every }, request.len())]
        {
            proxy.will([wire]);
            let started = Instant::now();
            assert!(whole(&exchange(proxy.address(), &request).await.unwrap()).is_some());
            let ticks = u32::try_from(length / bytes).unwrap();
            assert!(started.elapsed() >= every * (ticks - 1), "{wire:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_half_closed_answer_ends_and_the_client_can_still_send() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        proxy.will([Wire::HalfCloseAnswerAt(30)]);
        let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
        let request = request(sandbox.personal_token(), ME, "").replace("Connection: close\r\n", "");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer.len(), 30);
        stream.write_all(request.as_bytes()).await.unwrap();
        while sandbox.seen().operation("Me").done < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_cut_answer_is_whole_up_to_the_cut_though_the_client_sends_on() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        proxy.will([Wire::CutAnswerAt(40)]);
        let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
        let request = request(sandbox.personal_token(), ME, "");
        // More than anybody has room for, so that bytes are unread when the answer is cut.
        let endless = [request.into_bytes(), vec![b'x'; 16 << 20]].concat();
        let (mut from_proxy, mut to_proxy) = stream.split();
        let mut answer = Vec::new();
        let (read, _) = tokio::join!(from_proxy.read_to_end(&mut answer), to_proxy.write_all(&endless));
        read.unwrap();
        assert_eq!(answer.len(), 40);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_answer_leaves_its_work_done() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        // The server takes longer than the silence, and has said nothing yet.
        proxy.will([Wire::DropAnswer(Duration::from_millis(50))]);
        sandbox.faults().push(Fault::Delay(Duration::from_millis(300)));
        let write = create(&sandbox, "unheard");
        // Kept alive, so that it is the proxy that ends it.
        let request = request(sandbox.personal_token(), &write, "").replace("Connection: close\r\n", "");
        assert_eq!(exchange(proxy.address(), &request).await.unwrap(), b"");
        assert_eq!((named(&sandbox, "unheard"), proxy.passed().1), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_held_connection_is_taken_and_never_answered() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        proxy.always(Wire::Hold);
        let request = request(sandbox.personal_token(), ME, "");
        let answer = tokio::time::timeout(Duration::from_millis(300), exchange(proxy.address(), &request));
        assert!(answer.await.is_err());
        assert_eq!((proxy.connections(), sandbox.requests()), (1, 0));
        proxy.always(Wire::Pass);
        assert!(exchange(proxy.address(), &request).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_refusing_proxy_takes_no_connection_until_it_listens_again() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        let request = request(sandbox.personal_token(), ME, "");
        proxy.refuse().await;
        let error = exchange(proxy.address(), &request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
        proxy.listen().await.unwrap();
        assert!(whole(&exchange(proxy.address(), &request).await.unwrap()).is_some());
    })
    .await;
}

#[tokio::test]
async fn idle_connections_can_be_ended() {
    within(async {
        let (sandbox, proxy) = proxied().await;
        let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
        let request = request(sandbox.personal_token(), ME, "").replace("Connection: close\r\n", "");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = vec![0; 4_096];
        assert!(stream.read(&mut answer).await.unwrap() > 0);
        proxy.hang_up();
        assert!(matches!(stream.read(&mut answer).await, Ok(0) | Err(_)));
    })
    .await;
}
