# Answers every request on 127.0.0.1:$PORT with 200, one at a time.
use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ENV{PORT}, Listen => 64, ReuseAddr => 1)
  or die "cannot listen on $ENV{PORT}: $!";
while (1) {
    my $client = $server->accept or next;
    sysread $client, my $request, 4096;
    print $client "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";
    close $client;
}
