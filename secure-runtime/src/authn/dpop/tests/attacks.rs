use super::prover::{Prover, encode};
use super::*;

/// Every answer to a forged proof is the same code.
async fn refused(verifier: &ProofVerifier, prover: &Prover, proof: &str) {
    let answer = prove(verifier, prover, proof).await;
    assert_eq!(code(&answer), "invalid_dpop_proof", "{proof}");
}

/// The header of a good proof, with other members.
fn header(prover: &Prover, members: &[(&str, Value)]) -> String {
    let mut header: Value = serde_json::from_str(&prover.header()).unwrap();
    for (name, value) in members {
        header[*name] = value.clone();
    }
    header.to_string()
}

#[tokio::test]
async fn d1_exactly_one_header() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    let jkt = prover.thumbprint();
    let (one, two) = (&*prover.proof(&claims()), &*prover.proof(&claims()));
    let (joined, spaced) = (&*format!("{one},{two}"), &*format!("{one}, {two}"));
    for proofs in [&[][..], &[one, one], &[one, two], &[one, ""], &[joined], &[spaced]] {
        let answer = ask(&verifier, &headers(proofs), Some(&jkt)).await;
        assert_eq!(code(&answer), "invalid_dpop_proof", "{proofs:?}");
    }
    ask(&verifier, &headers(&[one]), Some(&jkt)).await.unwrap();
}

#[tokio::test]
async fn d1_one_form_and_one_type() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    let good = prover.proof(&claims());
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (first, payload) = signed.split_once('.').unwrap();
    // The last of 86 letters has four bits that say nothing: it is A, Q, g or w, and its neighbour another spelling.
    let (unstray, stray) = (&good[..good.len() - 1], good.as_bytes()[good.len() - 1]);
    let twice = prover.header().replacen('{', r#"{"typ":"dpop+jwt","#, 1);
    let twice_claimed = claims().to_string().replacen('{', r#"{"htm":"GET","#, 1);
    for forged in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        signed.to_owned(),
        format!("{signed}."),
        format!(".{payload}.{signature}"),
        format!("{first}..{signature}"),
        format!("{good}.{signature}"),
        format!("{good}="),
        format!("{signed}=.{signature}"),
        format!("{good} "),
        format!("\"{good}\""),
        format!("DPoP {good}"),
        good.replace('.', ".."),
        format!("{signed}.{}", signature.replace('-', "+").replace('_', "/") + "=="),
        prover.sign(&twice, &claims().to_string()),
        prover.sign(&prover.header(), &twice_claimed),
        format!("{unstray}{}", char::from(stray + 1)),
        prover.sign(&prover.header(), &format!("[{}]", claims())),
        prover.sign(&prover.header(), ""),
        prover.sign(&prover.header(), &with("filler", "x".repeat(8 * 1024)).to_string()),
    ] {
        refused(&verifier, &prover, &forged).await;
    }
    for typ in [
        "JWT",
        "at+jwt",
        "application/dpop+jwt",
        "dpop",
        "dpop+jwt ",
        "",
        "dpop+jwt2",
    ] {
        let forged = prover.sign(&header(&prover, &[("typ", json!(typ))]), &claims().to_string());
        refused(&verifier, &prover, &forged).await;
    }
    let untyped = prover.header().replace(r#","typ":"dpop+jwt""#, "");
    assert!(!untyped.contains("typ"));
    refused(&verifier, &prover, &prover.sign(&untyped, &claims().to_string())).await;
    for (name, value) in [
        ("crit", json!([])),
        ("crit", json!(["exp"])),
        ("crit", json!(null)),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
    ] {
        let forged = prover.sign(&header(&prover, &[(name, value)]), &claims().to_string());
        refused(&verifier, &prover, &forged).await;
    }
    let spelt = prover.sign(&header(&prover, &[("typ", json!("DPoP+JWT"))]), &claims().to_string());
    prove(&verifier, &prover, &spelt).await.unwrap();
    prove(&verifier, &prover, &good).await.unwrap();
}

#[tokio::test]
async fn d2_the_algorithm_is_the_keys_and_has_a_key_pair() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    for alg in [
        "none", "None", "", "HS256", "ES384", "RS256", "PS256", "EdDSA", "ES512", "es256", "ES256 ",
    ] {
        let forged = prover.sign(&header(&prover, &[("alg", json!(alg))]), &claims().to_string());
        refused(&verifier, &prover, &forged).await;
    }
    // A MAC with the public key as the secret, as in the oldest confusion.
    let secret = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, prover.jwk.to_string().as_bytes());
    let signed = format!(
        "{}.{}",
        encode(header(&prover, &[("alg", json!("HS256"))])),
        encode(claims().to_string())
    );
    let tag = aws_lc_rs::hmac::sign(&secret, signed.as_bytes());
    refused(&verifier, &prover, &format!("{signed}.{}", encode(tag))).await;
    // A key that says that it is for something else.
    for (name, value) in [
        ("alg", json!("ES384")),
        ("use", json!("enc")),
        ("key_ops", json!(["sign"])),
    ] {
        let mut jwk = prover.jwk.clone();
        jwk[name] = value;
        let forged = prover.sign(&header(&prover, &[("jwk", jwk)]), &claims().to_string());
        refused(&verifier, &prover, &forged).await;
    }
    let rsa = Prover::new(Rs256);
    let crossed = rsa.sign(&header(&rsa, &[("alg", json!("PS256"))]), &claims().to_string());
    refused(&verifier, &rsa, &crossed).await;
    for (wrong, answer) in [
        (json!({"kty": "oct", "k": "AAAA"}), "invalid_dpop_proof"),
        (json!(null), "invalid_dpop_proof"),
        (json!("x"), "invalid_dpop_proof"),
        (json!([]), "invalid_dpop_proof"),
        (json!({}), "invalid_dpop_proof"),
        (
            json!({"kty": "EC", "crv": "P-256", "x": prover.jwk["x"], "y": prover.jwk["x"]}),
            "invalid_token",
        ),
    ] {
        let forged = prover.sign(&header(&prover, &[("jwk", wrong.clone())]), &claims().to_string());
        assert_eq!(code(&prove(&verifier, &prover, &forged).await), answer, "{wrong}");
    }
}

#[tokio::test]
async fn d2_weak_and_broken_keys_verify_nothing() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    // Tokens may be bound to such keys: an issuer that does not look is no reason to take them.
    for jwk in [
        json!({"kty": "RSA", "n": encode([0xff; 128]), "e": "AQAB"}),
        json!({"kty": "RSA", "n": encode([0xff; 256]), "e": "AQ"}),
        json!({"kty": "EC", "crv": "P-256", "x": encode([1; 32]), "y": encode([1; 32])}),
        json!({"kty": "EC", "crv": "P-256", "x": encode([0; 32]), "y": encode([0; 32])}),
        json!({"kty": "OKP", "crv": "Ed25519", "x": encode([1; 31])}),
    ] {
        let (algorithm, signer) = match jwk["kty"].as_str().unwrap() {
            "RSA" => ("RS256", Prover::new(Rs256)),
            "EC" => ("ES256", Prover::new(Es256)),
            _ => ("EdDSA", Prover::new(EdDsa)),
        };
        let key: crate::authn::jwk::Jwk = crate::json::from_str(&jwk.to_string()).unwrap();
        let jkt = key.thumbprint().unwrap();
        let header = json!({"typ": "dpop+jwt", "alg": algorithm, "jwk": jwk}).to_string();
        let proof = headers(&[&signer.sign(&header, &claims().to_string())]);
        let answer = ask(&verifier, &proof, Some(&jkt)).await;
        assert_eq!(code(&answer), "invalid_dpop_proof", "{jwk}");
    }
}

#[tokio::test]
async fn d2_a_private_key_is_refused() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        let mut jwk = prover.jwk.clone();
        jwk[member] = json!("AAAA");
        let proof = prover.sign(&header(&prover, &[("jwk", jwk)]), &claims().to_string());
        let answer = prove(&verifier, &prover, &proof).await;
        assert!(
            matches!(answer, Err(Refused::Proof(text)) if text.contains("private")),
            "{member}"
        );
    }
}

#[tokio::test]
async fn d2_keys_that_the_header_points_to_do_not_count() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let (prover, other) = (Prover::new(Es256), Prover::new(Es256));
    let pointing = [
        ("kid", json!("other")),
        ("jku", json!("https://evil.test/jwks")),
        ("x5u", json!("https://evil.test/cert")),
        ("x5c", json!(["AAAA"])),
    ];
    let ours = prover.sign(&header(&prover, &pointing), &claims().to_string());
    prove(&verifier, &prover, &ours).await.unwrap();
    let theirs = other.sign(&header(&prover, &pointing), &claims().to_string());
    refused(&verifier, &prover, &theirs).await;
    let without = json!({"typ": "dpop+jwt", "alg": "ES256", "kid": "other", "jku": "https://evil.test/jwks"});
    refused(
        &verifier,
        &prover,
        &prover.sign(&without.to_string(), &claims().to_string()),
    )
    .await;
}

#[tokio::test]
async fn d2_every_part_is_signed() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    let good = prover.proof(&claims());
    let parts: Vec<_> = good.split('.').collect();
    let other = prover.proof(&claims());
    let others: Vec<_> = other.split('.').collect();
    let spelt = encode(prover.header().replace("dpop+jwt", "DPOP+jwt"));
    for forged in [
        format!("{}.{}.{}", parts[0], others[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], others[2]),
        format!("{spelt}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], encode([0; 64])),
        format!("{}.{}.{}", parts[0], parts[1], encode([0; 63])),
    ] {
        refused(&verifier, &prover, &forged).await;
    }
}

#[tokio::test]
async fn d1_every_claim_is_needed_and_of_its_type() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    for name in ["jti", "htm", "htu", "iat", "ath"] {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove(name);
        refused(&verifier, &prover, &prover.proof(&claims)).await;
        for value in [json!(null), json!([]), json!({}), json!(false)] {
            refused(&verifier, &prover, &prover.proof(&with(name, value))).await;
        }
    }
    for jti in [json!(""), json!("x".repeat(257)), json!(5)] {
        refused(&verifier, &prover, &prover.proof(&with("jti", jti))).await;
    }
    prove(&verifier, &prover, &prover.proof(&with("jti", "x".repeat(256))))
        .await
        .unwrap();
    refused(&verifier, &prover, &prover.proof(&with("nonce", json!(null)))).await;
    prove(&verifier, &prover, &prover.proof(&with("nonce", "not asked for")))
        .await
        .unwrap();
}
