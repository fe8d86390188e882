package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// authority signs the certificates of one cluster and writes them to a folder.
// Its keys are RSA, in the oldest encoding: every client library reads those.
type authority struct {
	folder string
	key    *rsa.PrivateKey
	cert   *x509.Certificate
}

// pki writes the keys, certificates and kubeconfigs of a cluster to a new folder.
func pki(args []string) error {
	if len(args) != 4 {
		return errors.New("usage: pki FOLDER NODE_NAME NODE_ADDRESS SERVICE_ADDRESS")
	}
	folder, node, address, service := args[0], args[1], args[2], args[3]
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	ca, err := newAuthority(folder)
	if err != nil {
		return err
	}
	loopback := net.IPv4(127, 0, 0, 1)
	if _, _, err := ca.issue("apiserver", &x509.Certificate{
		Subject: pkix.Name{CommonName: "kube-apiserver"},
		DNSNames: []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc",
			"kubernetes.default.svc.cluster.local"},
		IPAddresses: []net.IP{net.ParseIP(address), net.ParseIP(service), loopback},
	}); err != nil {
		return err
	}
	if _, _, err := ca.issue("kubelet", &x509.Certificate{
		Subject:     pkix.Name{CommonName: "system:node:" + node, Organization: []string{"system:nodes"}},
		DNSNames:    []string{node},
		IPAddresses: []net.IP{net.ParseIP(address), loopback},
	}); err != nil {
		return err
	}
	// The API server is a client too: of the kubelet, for logs and exec.
	if _, _, err := ca.issue("apiserver-kubelet-client", user("kube-apiserver", "system:masters")); err != nil {
		return err
	}
	for name, client := range map[string]*x509.Certificate{
		"admin":                   user("admin", "system:masters"),
		"kube-controller-manager": user("system:kube-controller-manager"),
		"kube-scheduler":          user("system:kube-scheduler"),
		"kube-proxy":              user("system:kube-proxy"),
		"kubelet":                 user("system:node:"+node, "system:nodes"),
	} {
		if err := ca.kubeconfig(name, client, "https://"+net.JoinHostPort(address, "6443")); err != nil {
			return err
		}
	}
	return serviceAccountKeys(folder)
}

func newAuthority(folder string) (*authority, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	ca := &authority{folder: folder, key: key, cert: &x509.Certificate{
		Subject:               pkix.Name{CommonName: "filejob-e2e"},
		IsCA:                  true,
		BasicConstraintsValid: true,
	}}
	certificate, err := ca.sign(ca.cert, &key.PublicKey, x509.KeyUsageCertSign|x509.KeyUsageDigitalSignature)
	if err != nil {
		return nil, err
	}
	if ca.cert, err = x509.ParseCertificate(certificate); err != nil {
		return nil, err
	}
	if _, err := ca.write("ca.crt", "CERTIFICATE", certificate); err != nil {
		return nil, err
	}
	_, err = ca.write("ca.key", "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
	return ca, err
}

func user(name string, groups ...string) *x509.Certificate {
	return &x509.Certificate{Subject: pkix.Name{CommonName: name, Organization: groups}}
}

// issue writes NAME.crt and NAME.key and returns both, encoded.
func (ca *authority) issue(name string, template *x509.Certificate) (certPEM, keyPEM []byte, err error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, nil, err
	}
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	certificate, err := ca.sign(template, &key.PublicKey, x509.KeyUsageDigitalSignature|x509.KeyUsageKeyEncipherment)
	if err != nil {
		return nil, nil, err
	}
	if certPEM, err = ca.write(name+".crt", "CERTIFICATE", certificate); err != nil {
		return nil, nil, err
	}
	keyPEM, err = ca.write(name+".key", "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
	return certPEM, keyPEM, err
}

func (ca *authority) sign(template *x509.Certificate, key *rsa.PublicKey, usage x509.KeyUsage) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template.SerialNumber = serial
	template.KeyUsage = usage
	template.NotBefore = time.Now().Add(-time.Hour)
	template.NotAfter = time.Now().AddDate(1, 0, 0)
	return x509.CreateCertificate(rand.Reader, template, ca.cert, key, ca.key)
}

// kubeconfig writes NAME.kubeconfig, which needs no other file.
func (ca *authority) kubeconfig(name string, client *x509.Certificate, server string) error {
	certPEM, keyPEM, err := ca.issue(name+"-client", client)
	if err != nil {
		return err
	}
	config := clientcmdapi.NewConfig()
	config.Clusters["filejob-e2e"] = &clientcmdapi.Cluster{
		Server:                   server,
		CertificateAuthorityData: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.cert.Raw}),
	}
	config.AuthInfos[name] = &clientcmdapi.AuthInfo{ClientCertificateData: certPEM, ClientKeyData: keyPEM}
	config.Contexts["filejob-e2e"] = &clientcmdapi.Context{Cluster: "filejob-e2e", AuthInfo: name}
	config.CurrentContext = "filejob-e2e"
	return clientcmd.WriteToFile(*config, filepath.Join(ca.folder, name+".kubeconfig"))
}

func serviceAccountKeys(folder string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	if _, err := writePEM(filepath.Join(folder, "service-account.pub"), "PUBLIC KEY", public); err != nil {
		return err
	}
	_, err = writePEM(filepath.Join(folder, "service-account.key"), "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
	return err
}

func (ca *authority) write(name, kind string, content []byte) ([]byte, error) {
	return writePEM(filepath.Join(ca.folder, name), kind, content)
}

func writePEM(path, kind string, content []byte) ([]byte, error) {
	encoded := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content})
	return encoded, os.WriteFile(path, encoded, 0o600)
}
