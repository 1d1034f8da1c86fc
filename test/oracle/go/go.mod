module registry-probe/test/oracle

go 1.26
